using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Store;

namespace ColdChain.Simulation.Tests.Checks;

/// <summary>I1 to I4 and I9: what became of every reading.</summary>
internal sealed class DeliveryChecks(Site site)
{
    private static readonly TimeSpan UnderWayMost = TimeSpan.FromMinutes(1);

    private Dictionary<(string, string), SeqRanges> _accepted = [];
    private long _seen;

    /// <summary>What must hold at any moment.</summary>
    public IEnumerable<Violation> AtAnyTime()
    {
        Look();
        return Invention().Concat(Acknowledgements()).Concat(site.Ledger.Violations);
    }

    /// <summary>What must hold when everything has been delivered.</summary>
    public IEnumerable<Violation> AtTheEnd() => AtAnyTime().Concat(Losses()).Concat(Undated());

    /// <summary>True when nothing waits anywhere.</summary>
    public bool IsDrained()
    {
        Look();
        return site.People.Waiting == 0
            && site.Broker.Waiting == 0
            && site.Server.Running is not null
            && MarkStore.Pending(site.Session).Count == 0
            && site.Ledger.Committed.All(row => row.TrueTime > site.Pump.Now - UnderWayMost || IsSettled(row));
    }

    /// <summary>What keeps it from being drained.</summary>
    public string WhatWaits() =>
        $"{site.People.Waiting} entries, {site.Broker.Waiting} messages, {MarkStore.Pending(site.Session).Count} marked units, "
        + $"{site.Ledger.Committed.Count(row => row.TrueTime <= site.Pump.Now - UnderWayMost && !IsSettled(row))} readings";

    // The server has it, has refused it, or it went down with its card.
    private bool IsSettled(CommittedRow row) => Holds(row.Device, row.Epoch, row.Seq)
        || site.Ledger.Perished.Contains(row.Epoch)
        || Refused(row.Device, row.Epoch).Contains(row.Seq);

    // Seen at its commit, and there now: a pack of its numbers is in the store, by what the store itself counts as accepted.
    private bool Holds(string device, string epoch, long seq) =>
        site.Ledger.StoredAt(device, epoch, seq) is not null && Accepted(device, epoch).Contains(seq);

    private SeqRanges Accepted(string device, string epoch) => _accepted.GetValueOrDefault((device, epoch), SeqRanges.Empty);

    private void Look() => _accepted = site.Session
        .Query("SELECT device, epoch, accepted FROM packs", row => (Stream: (row.GetString(0), row.GetString(1)), Seqs: row.Seqs(2)))
        .GroupBy(pack => pack.Stream, pack => pack.Seqs)
        .ToDictionary(packs => packs.Key, packs => packs.Aggregate(SeqRanges.Empty, (all, some) => all.Union(some)));

    private SeqRanges Refused(string device, string epoch) => StreamStore.Find(site.Session, new DeviceId(device), epoch)?.Refused ?? SeqRanges.Empty;

    private IEnumerable<Violation> Losses() =>
        from row in site.Ledger.Committed
        where row.TrueTime <= site.Pump.Now - UnderWayMost && !IsSettled(row)
        select new Violation("I1", $"{row.Device} committed number {row.Seq} of {row.Epoch} at {row.TrueTime}, and the server has neither stored nor refused it");

    // Every clock has been right for a while: what dates the boot that runs is there as well.
    private IEnumerable<Violation> Undated() =>
        from edge in site.Edges
        where site.Ledger.Committed.Any(row => row.Boot == edge.Boot && row.MeasuredAt is null && !site.Ledger.Perished.Contains(row.Epoch))
            && AnchorStore.OfDevice(site.Session, edge.Truth.Id).TrueForAll(anchor => anchor.Boot != edge.Boot)
        select new Violation("I1", $"{edge.Client} knows the time, and the server has nothing that dates its boot {edge.Boot}");

    private IEnumerable<Violation> Acknowledgements()
    {
        foreach (var ((device, epoch), covered) in site.Ledger.Acknowledged)
        {
            var gone = StreamStore.Find(site.Session, new DeviceId(device), epoch)?.Gone ?? SeqRanges.Empty;
            var refused = Refused(device, epoch);
            foreach (var (first, last) in covered.Except(gone).Except(refused).Ranges)
            {
                for (var seq = first; seq <= last; seq++)
                {
                    if (!Holds(device, epoch, seq))
                    {
                        yield return new Violation("I4", $"number {seq} of {device} {epoch} was acknowledged and is not in the record store");
                    }
                }
            }
        }
    }

    private IEnumerable<Violation> Invention() => PackStore.After(site.Session, _seen).SelectMany(OfPack).ToList();

    private IEnumerable<Violation> OfPack(PackRow pack)
    {
        _seen = Math.Max(_seen, pack.Id);
        if (!PackCodec.TryDecode(pack.Device, pack.Bytes.Span, out var decoded, out var error))
        {
            return [new Violation("I2", $"pack {pack.Id} is stored and cannot be read: {error}")];
        }

        return decoded.Readings.Where(reading => pack.Accepted.Contains(reading.Key.Seq)).SelectMany(OfReading);
    }

    private IEnumerable<Violation> OfReading(Reading reading)
    {
        var committed = site.Ledger.Find(reading.Key.Device.Value, reading.Key.Epoch, reading.Key.Seq);
        if (committed is null
            || committed.Probe != reading.Probe.ToString()
            || committed.MeasuredAt != reading.MeasuredAt?.Milliseconds
            || committed.Celsius != reading.Value?.ToString()
            || committed.State != reading.State
            || committed.Fault != reading.Fault
            || committed.RawFrame != reading.RawFrame)
        {
            yield return new Violation("I2", $"the server holds {reading} and the edge committed {committed}");
        }
        else if (site.Ledger.GivenAt(committed.Probe, new Given(committed.Celsius, committed.State, committed.Fault)) is not { } given || given > committed.TrueTime)
        {
            yield return new Violation("I2", $"no probe ever gave {committed}");
        }
    }
}
