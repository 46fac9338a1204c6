namespace ColdChain.Server.Api;

/// <summary>Whether the server does its work.</summary>
/// <param name="Status">ok or degraded.</param>
/// <param name="Reasons">Why it is degraded, each as a sentence.</param>
/// <param name="Numbers">Figures behind it; null without the token.</param>
internal sealed record HealthResponse(string Status, IReadOnlyList<string> Reasons, HealthNumbers? Numbers)
{
    /// <summary>The status in a word.</summary>
    public static string StatusOf(IReadOnlyCollection<string> reasons) => reasons.Count == 0 ? "ok" : "degraded";
}

/// <summary>The figures behind the health.</summary>
/// <param name="Evaluator">How far the judging is.</param>
/// <param name="Writer">How the record store's writer fares.</param>
/// <param name="Disk">The disk that the record store is on.</param>
/// <param name="Influx">How far the projection to InfluxDB is; null when there is none.</param>
/// <param name="Broker">The two links to the broker; empty when devices connect to the server itself.</param>
/// <param name="Devices">When each device was last heard, and what its outbox holds.</param>
/// <param name="Supervision">Who is silent.</param>
/// <param name="Counts">What all devices together did that they should not have done, since ever; <c>GET /api/v1/devices</c> has it for each.</param>
/// <param name="StoreId">The record store's id, which devices pin.</param>
/// <param name="SqliteVersion">The SQLite in use.</param>
internal sealed record HealthNumbers(
    EvaluatorNumbers Evaluator,
    WriterNumbers Writer,
    DiskNumbers Disk,
    InfluxNumbers? Influx,
    IReadOnlyList<LinkNumbers> Broker,
    IReadOnlyList<DeviceResponse> Devices,
    SupervisionNumbers Supervision,
    IReadOnlyDictionary<string, long> Counts,
    string StoreId,
    string SqliteVersion);

/// <summary>How far the judging is.</summary>
/// <param name="CaughtUpAt">When everything there was to judge was judged last.</param>
/// <param name="LagSeconds">How long ago that was; a few seconds when there is nothing to do.</param>
/// <param name="UnitsPending">Storage units with something new to judge.</param>
/// <param name="UnitsOverdue">Storage units whose time to be judged again has come.</param>
/// <param name="NextDeadline">When the next one has to be judged, if nothing comes before; null for never.</param>
internal sealed record EvaluatorNumbers(string CaughtUpAt, long LagSeconds, int UnitsPending, int UnitsOverdue, string? NextDeadline);

/// <summary>How the record store's writer fares.</summary>
/// <param name="Commits">Good commits since the start.</param>
/// <param name="LastCommitAt">When the last one was.</param>
/// <param name="LastCommitAgeSeconds">How long ago that was; null before the first.</param>
/// <param name="FailuresInRow">Batches lost since.</param>
/// <param name="LastError">What the last loss said; kept after recovery.</param>
/// <param name="LastFailureAt">When that was.</param>
internal sealed record WriterNumbers(
    long Commits, string? LastCommitAt, long? LastCommitAgeSeconds, int FailuresInRow, string? LastError, string? LastFailureAt);

/// <summary>The room on a disk.</summary>
/// <param name="FreeBytes">What the server may still write.</param>
/// <param name="TotalBytes">All of it.</param>
internal sealed record DiskNumbers(long FreeBytes, long TotalBytes);

/// <summary>How a link to the broker fares.</summary>
/// <param name="Lane">live or backfill.</param>
/// <param name="Connected">Whether it is up.</param>
/// <param name="Since">Since when it is up, or not up.</param>
/// <param name="LastError">What went wrong last; kept after recovery.</param>
/// <param name="LastErrorAt">When that was.</param>
internal sealed record LinkNumbers(string Lane, bool Connected, string Since, string? LastError, string? LastErrorAt)
{
    public static LinkNumbers Of(BrokerLinkHealth link) =>
        new(link.Lane, link.IsConnected, link.Since.ToString(), link.LastError, link.LastErrorAt?.ToString());
}
