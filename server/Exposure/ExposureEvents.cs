using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Exposure;

/// <summary>
/// Tells what a commit did to exposures and holds, at its end and kind by kind: what happened to many blood units together is read together. Then
/// who has left is named, and decisions that rest on less are re-opened.
/// </summary>
internal sealed class ExposureEvents(StoreTransaction transaction, Instant now)
{
    private readonly List<(string Kind, ExposureRow Row)> _exposures = [];
    private readonly List<(string Kind, HoldRow Hold)> _holds = [];
    private readonly List<(ExposureRow Row, bool IsCountedAnew)> _changed = [];

    public void Add(string kind, ExposureRow row)
    {
        _exposures.Add((kind, row));
        _changed.Add((row, false));
    }

    /// <summary>An exposure whose version stays. It is no event.</summary>
    public void AddGrowth(ExposureRow row, bool isCountedAnew) => _changed.Add((row, isCountedAnew));

    public void Add(string kind, HoldRow hold) => _holds.Add((kind, hold));

    public void Tell()
    {
        foreach (var (kind, row) in _exposures.OrderBy(entry => entry.Kind, StringComparer.Ordinal).ThenBy(entry => entry.Row.Id))
        {
            EventLog.Append(transaction, now, kind, row.Unit, row.Donation, new
            {
                exposure = row.Id,
                row.Version,
                row.Donation,
                row.Product,
                row.Allowance,
                row.Verdict,
                row.OnlyPossible,
                since = row.Since.ToString(),
                row.Reason,
            });
        }

        foreach (var (kind, hold) in _holds.OrderBy(entry => entry.Kind, StringComparer.Ordinal).ThenBy(entry => entry.Hold.Id))
        {
            EventLog.Append(transaction, now, kind, hold.Unit, hold.Donation, new
            {
                hold = hold.Id, hold.Kind, hold.Donation, hold.Product, exposure = hold.ExposureId, since = hold.Since.ToString(), hold.State,
            });
        }

        foreach (var (row, isCountedAnew) in _changed)
        {
            if (row.Status == ExposureWords.Current)
            {
                LookbackStore.Name(transaction, row, now);
            }

            DecisionStore.Review(transaction, row, isCountedAnew, now);
        }
    }
}
