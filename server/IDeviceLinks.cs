using ColdChain.Mqtt.Link;

namespace ColdChain.Server;

/// <summary>How the server hears devices and answers them: through its own endpoint, or through a broker.</summary>
internal interface IDeviceLinks : IAsyncDisposable
{
    /// <summary>The newest readings and heartbeats; acknowledgements leave on it.</summary>
    IMqttLink Live { get; }

    /// <summary>The backlog, on a link of its own, so that nothing live waits behind it.</summary>
    IMqttLink Backfill { get; }

    /// <summary>How the links fare that can break; empty when there is none.</summary>
    IReadOnlyList<BrokerLinkHealth> Health { get; }
}
