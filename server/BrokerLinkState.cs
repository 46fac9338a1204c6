using ColdChain.Core.Readings;
using ColdChain.Mqtt.Link;

namespace ColdChain.Server;

/// <summary>How a link to the broker fares.</summary>
/// <param name="Lane">What it carries.</param>
/// <param name="IsConnected">Whether it is up.</param>
/// <param name="Since">Since when it is up, or not up.</param>
/// <param name="Refused">A subscription that the broker refused on the connection that is up; null for none.</param>
/// <param name="LastError">What went wrong last; kept after recovery. Null for nothing yet.</param>
/// <param name="LastErrorAt">When that was.</param>
internal sealed record BrokerLinkHealth(string Lane, bool IsConnected, Instant Since, string? Refused, string? LastError, Instant? LastErrorAt)
{
    public bool IsGood => IsConnected && Refused is null;
}

/// <summary>Follows what a link to the broker reports, and tells the log of every change.</summary>
internal sealed class BrokerLinkState(string lane, Action<MqttEvent> log, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private BrokerLinkHealth _now = new(lane, IsConnected: false, Instant.Now(clock), null, null, null);

    public string Lane => lane;

    public BrokerLinkHealth Now
    {
        get
        {
            lock (_gate)
            {
                return _now;
            }
        }
    }

    public void Take(MqttEvent happened)
    {
        if (Enter(happened))
        {
            log(happened);
        }
    }

    // Each attempt of a long outage says the same: that is told once.
    private bool Enter(MqttEvent happened)
    {
        var at = Instant.Now(clock);
        lock (_gate)
        {
            var before = _now;
            var after = happened.Kind == MqttEventKind.Connected ? before : before with { LastError = happened.Text, LastErrorAt = at };
            _now = happened.Kind switch
            {
                MqttEventKind.Connected => after with { IsConnected = true, Since = at },
                MqttEventKind.Lost or MqttEventKind.ConnectFailed => after with { IsConnected = false, Since = before.IsConnected ? at : before.Since, Refused = null },
                MqttEventKind.SubscriptionRefused => after with { Refused = happened.Text },
                _ => after,
            };
            return before.IsConnected != _now.IsConnected || before.LastError != _now.LastError;
        }
    }
}
