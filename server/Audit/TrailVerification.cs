using System.Text.Json;
using ColdChain.Server.Store;

namespace ColdChain.Server.Audit;

/// <summary>What came of verifying the audit trail.</summary>
/// <param name="Entries">How many events were read.</param>
/// <param name="LastId">The last event's id; 0 when there is none.</param>
/// <param name="Head">The hash of the last event that could be computed.</param>
/// <param name="Anchored">The last event that an anchor covers; null without anchors.</param>
/// <param name="FirstBad">The first event that is not as it was written, or is not there; null when all are right.</param>
/// <param name="Problem">What is wrong, in words; null when nothing is.</param>
internal sealed record TrailResult(long Entries, long LastId, byte[] Head, long? Anchored, long? FirstBad, string? Problem);

/// <summary>
/// Verifies the event log against its hashes, and these against anchors kept elsewhere. The chain shows an event that was changed, taken out, put
/// in or moved; only anchors show an end that was cut off, an older backup, and a chain that was computed anew.
/// </summary>
internal static class TrailVerification
{
    /// <param name="session">The store.</param>
    /// <param name="anchors">Heads from elsewhere, ascending; null for none, and then what only they show is not found.</param>
    public static TrailResult Verify(StoreSession session, IReadOnlyList<TrailAnchor>? anchors)
    {
        var check = new Check(EventChain.Beginning(EventChain.StoreIdOf(session)), anchors ?? []);
        foreach (var entry in EventLog.Chained(session))
        {
            if (check.Take(entry) is { } problem)
            {
                return check.Result(anchors is null, problem);
            }
        }

        return check.Result(anchors is null, anchors is null ? null : check.AtTheEnd());
    }

    private readonly record struct Problem(long Entry, string Text);

    private sealed class Check(byte[] beginning, IReadOnlyList<TrailAnchor> anchors)
    {
        private readonly ILookup<long, TrailAnchor> _anchors = anchors.ToLookup(anchor => anchor.Entry);
        private readonly HashSet<(long, string)> _told = [];
        private byte[] _head = beginning;
        private (long Entries, long LastId, long Anchored) _seen;
        private bool _hasHashes;

        public Problem? Take(in ChainedEvent entry)
        {
            var expected = _seen.LastId + 1;
            if (_hasHashes && entry.Id != expected)
            {
                return new Problem(expected, entry.Id == expected + 1 ? $"entry {expected} is missing" : $"entries {expected} to {entry.Id - 1} are missing");
            }

            if (_hasHashes && entry.Hash is null)
            {
                return new Problem(entry.Id, $"entry {entry.Id} has no hash: it was put in without the server, or its hash was taken away");
            }

            _head = EventChain.Next(_head, entry);
            if (entry.Hash is { } stored && !stored.AsSpan().SequenceEqual(_head))
            {
                return new Problem(entry.Id, _hasHashes
                    ? $"entry {entry.Id} is not what was written there: it was changed, put in or moved, or the one before it was taken out"
                    : $"an entry from 1 to {entry.Id} is not what was written there; those before {entry.Id} are from before there was a chain, and only its first hash covers them");
            }

            _hasHashes |= entry.Hash is not null;
            _seen = (_seen.Entries + 1, entry.Id, _seen.Anchored);
            Remember(entry);
            return Compare(entry.Id);
        }

        public Problem? AtTheEnd()
        {
            if (anchors.FirstOrDefault(anchor => anchor.Entry > _seen.LastId) is { } beyond)
            {
                var last = anchors[^1];
                return new Problem(
                    _seen.LastId + 1,
                    $"the entries from {_seen.LastId + 1} to at least {last.Entry} are missing at the end, which were there at {beyond.At}: they were cut off, or this is an older backup");
            }

            // What the log says was anchored has to be among the anchors: otherwise their file was cut.
            var known = anchors.Select(anchor => (anchor.Entry, anchor.Head)).ToHashSet();
            return _told.Where(told => !known.Contains(told)).OrderBy(told => told).Select(told => (Problem?)new Problem(
                told.Item1, $"the anchor of entry {told.Item1}, which the log tells of, is not among the anchors: lines were cut off their end, or this is an older copy of them")).FirstOrDefault();
        }

        public TrailResult Result(bool isWithoutAnchors, Problem? problem) =>
            new(_seen.Entries, _seen.LastId, _head, isWithoutAnchors ? null : _seen.Anchored, problem?.Entry, problem?.Text);

        private Problem? Compare(long id)
        {
            foreach (var anchor in _anchors[id])
            {
                if (anchor.Head != Convert.ToHexStringLower(_head))
                {
                    return new Problem(
                        _seen.Anchored + 1,
                        $"the chain up to entry {id} is another than the one of {anchor.At}: something from entry {_seen.Anchored + 1} on was changed, and the hashes after it were computed anew");
                }

                _seen.Anchored = id;
            }

            return null;
        }

        private void Remember(in ChainedEvent entry)
        {
            if (entry.Texts is [EventKinds.TrailAnchored, _, _, { } payload, ..])
            {
                using var told = JsonDocument.Parse(payload);
                _told.Add((told.RootElement.GetProperty("entry").GetInt64(), told.RootElement.GetProperty("head").GetString()!)); // AnchorKeeper wrote it, and the chain says so.
            }
        }
    }
}
