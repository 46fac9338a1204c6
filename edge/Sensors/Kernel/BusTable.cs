namespace ColdChain.Edge.Sensors.Kernel;

/// <summary>The buses of one configuration, whatever kinds of sensors are on them.</summary>
internal sealed class BusTable
{
    private readonly Dictionary<string, Bus> _buses = [];

    /// <summary>The bus of a device: <c>1-0018</c> is on the I²C bus 1, <c>spi0.1</c> on SPI 0, every <c>28-…</c> on 1-Wire.</summary>
    public Bus Of(string device)
    {
        var name = device.StartsWith("spi", StringComparison.Ordinal) ? device.Split('.')[0] : device.Split('-')[0];
        if (!_buses.TryGetValue(name, out var bus))
        {
            bus = new Bus();
            _buses.Add(name, bus);
        }

        return bus;
    }
}
