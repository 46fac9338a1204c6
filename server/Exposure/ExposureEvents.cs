using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Exposure;

/// <summary>
/// Tells what a commit did to exposures and holds, at its end and kind by kind: what happened to many blood units together is read together.
/// </summary>
internal sealed class ExposureEvents(StoreTransaction transaction, Instant now)
{
    private readonly List<(string Kind, ExposureRow Row)> _exposures = [];
    private readonly List<(string Kind, HoldRow Hold)> _holds = [];

    public void Add(string kind, ExposureRow row) => _exposures.Add((kind, row));

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
    }
}
