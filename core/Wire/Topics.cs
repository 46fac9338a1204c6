using ColdChain.Core.Readings;

namespace ColdChain.Core.Wire;

/// <summary>What a device sends on one of its upward topics.</summary>
public enum UpKind
{
    /// <summary>The newest readings, which never wait behind the backlog.</summary>
    Live,

    /// <summary>Older readings, oldest first.</summary>
    Backfill,

    /// <summary>Heartbeats and declarations of lost rows.</summary>
    Status,
}

/// <summary>The topics of the wire format, version 1: <c>coldchain/v1/{device}/up/{live|backfill|status}</c> and <c>…/down/{ack|alarm|config}</c>.</summary>
public static class Topics
{
    /// <summary>Matches every device's live readings.</summary>
    public const string AllLive = "coldchain/v1/+/up/live";

    /// <summary>Matches every device's backlog.</summary>
    public const string AllBackfill = "coldchain/v1/+/up/backfill";

    /// <summary>Matches every device's heartbeats.</summary>
    public const string AllStatus = "coldchain/v1/+/up/status";

    private const string Prefix = "coldchain/v1/";

    /// <summary>The topic on which a device sends one kind of message.</summary>
    public static string Up(DeviceId device, UpKind kind) => $"{Prefix}{device}/up/{Name(kind)}";

    /// <summary>The topic on which the server acknowledges a device's readings.</summary>
    public static string Ack(DeviceId device) => $"{Prefix}{device}/down/ack";

    /// <summary>The topic on which the server tells a device whether light and sound are to be on at its site.</summary>
    public static string Alarm(DeviceId device) => $"{Prefix}{device}/down/alarm";

    /// <summary>Takes an upward topic apart; false for any other topic.</summary>
    public static bool TryParseUp(string topic, out DeviceId device, out UpKind kind)
    {
        (device, kind) = (default, default);
        var levels = topic.Split('/');
        return levels is ["coldchain", "v1", var name, "up", var leaf]
            && DeviceId.TryParse(name, out device)
            && TryKind(leaf, out kind);
    }

    private static string Name(UpKind kind) => kind switch
    {
        UpKind.Live => "live",
        UpKind.Backfill => "backfill",
        UpKind.Status => "status",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static bool TryKind(string leaf, out UpKind kind)
    {
        (var known, kind) = leaf switch
        {
            "live" => (true, UpKind.Live),
            "backfill" => (true, UpKind.Backfill),
            "status" => (true, UpKind.Status),
            _ => (false, default),
        };
        return known;
    }
}
