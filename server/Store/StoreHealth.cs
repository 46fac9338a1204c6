using ColdChain.Core.Readings;

namespace ColdChain.Server.Store;

/// <summary>How the writer fares.</summary>
/// <param name="FailuresInRow">Batches lost since the last good commit; 0 when all is well.</param>
/// <param name="LastError">What the last of them said; kept after recovery.</param>
/// <param name="LastFailureAt">When it was.</param>
/// <param name="Commits">Good commits since the start.</param>
/// <param name="LastCommitAt">When the last of these was; null before the first.</param>
internal sealed record StoreHealth(int FailuresInRow, string? LastError, Instant? LastFailureAt, long Commits, Instant? LastCommitAt)
{
    public static readonly StoreHealth Initial = new(0, null, null, 0, null);

    public bool IsGood => FailuresInRow == 0;

    public StoreHealth AfterCommit(Instant at) => this with { FailuresInRow = 0, Commits = Commits + 1, LastCommitAt = at };

    public StoreHealth AfterFailure(string error, Instant at) =>
        this with { FailuresInRow = FailuresInRow + 1, LastError = error, LastFailureAt = at };
}
