using ColdChain.Edge.Configuration;
using ColdChain.Edge.Sensors.Kernel;
using ColdChain.Edge.Tests.Support;
using ColdChain.Hosting.Configuration;
using ColdChain.Tests.Shared;

namespace ColdChain.Edge.Tests.Sensors.Kernel;

public sealed class KernelKindTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task ConfiguredProbes_ReadTheirSensors()
    {
        using var sys = new SysfsTree();
        sys.AddHwmon(3, "1-0018", "4250");
        sys.AddW1("4125\n");
        sys.AddIio(0, "spi0.0", "max31856", ("in_temp_input", "-30000\n"));

        var config = Read($$"""
              - {id: load, kind: hwmon, device: 1-0018, root: {{sys.Root}}}
              - {id: air, kind: w1, device: {{SysfsTree.Serial}}, root: {{sys.Root}}, intervalSeconds: 30, timeoutSeconds: 5}
              - {id: deep, kind: iio, device: max31856, root: {{sys.Root}}}
            """);

        var values = new List<string?>();
        foreach (var source in config.Sources.Select(make => make(TimeProvider.System)))
        {
            await using var samples = source.ReadAsync(newest: null, CancellationToken.None).GetAsyncEnumerator();
            await samples.MoveNextAsync();
            values.Add(samples.Current.Value.ToString());
        }

        values.Should().Equal("4.25", "4.125", "-30");
    }

    [Theory]
    [InlineData("kind: hwmon", "'device' is missing; write 'device:' and the address")]
    [InlineData("kind: hwmon, device: hwmon0/temp1_input", "'hwmon0/temp1_input' is not a device of this kind")]
    [InlineData("kind: hwmon, device: 28-0316a2790bff", "a 28-… has 'kind: w1'")]
    [InlineData("kind: hwmon, device: hwmon0", "'hwmon0' is not a device of this kind")]
    [InlineData("kind: w1, device: 28-0316A2", "such as 28-0316a2790bff")]
    [InlineData("kind: w1, device: 28-0316a2790bff, channel: 2", "'channel' is not a key that is known here")]
    [InlineData("kind: iio, device: max31856, intervalSeconds: 0", "'intervalSeconds: 0' is not a number from 1 to 3600")]
    [InlineData("kind: iio, device: 'iio:device0'", "'iio:device0' is not a device of this kind")]
    public void WrongKeys_AreAnErrorWithTheCure(string keys, string error)
    {
        var read = () => Read($"  - {{id: load, {keys}}}");

        read.Should().Throw<ConfigException>().Which.Message.Should().Contain("line 5").And.Contain(error);
    }

    [Theory]
    [InlineData("1-0018", "1-0048", true)]
    [InlineData("1-0018", "3-0018", false)]
    [InlineData("28-0316a2790bff", "28-0316a2790b00", true)]
    [InlineData("spi0.0", "spi0.1", true)]
    [InlineData("spi0.0", "1-0018", false)]
    public void Buses_AreSharedByTheDevicesOnThem(string one, string other, bool same)
    {
        var buses = new BusTable();

        ReferenceEquals(buses.Of(one), buses.Of(other)).Should().Be(same);
    }

    public void Dispose() => _folder.Dispose();

    private EdgeConfig Read(string probes) => EdgeYaml.Read(_folder.Write("edge.yaml", $$"""
        device: fridge-7
        broker: {host: localhost, tls: false}
        outbox: {path: outbox.db}
        probes:
        {{probes}}
        """));
}
