using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;

namespace ColdChain.Server.Store;

/// <summary>Readings out of the packs as received.</summary>
internal static class ReadingReader
{
    /// <summary>
    /// The readings of some probes measured in [from, to], both included, in the order (instant, epoch, seq), each with its instant. Those
    /// without a trusted clock are among them once an anchor dates them.
    /// </summary>
    public static List<Reading> Read(StoreSession session, IReadOnlyCollection<ProbeId> probes, Instant from, Instant to)
    {
        var wanted = probes.ToHashSet();
        var readings = wanted
            .Select(probe => probe.Device)
            .Distinct()
            .SelectMany(device => Measured(session, device, from, to))
            .Select(found => found.Reading)
            .Where(reading => wanted.Contains(reading.Probe))
            .ToList();
        readings.Sort(ByInstant);
        return readings;
    }

    /// <summary>
    /// A device's readings measured in [from, to], both included, each with its instant and the id of its pack: in no order, and one by one.
    /// </summary>
    public static IEnumerable<(Reading Reading, long Pack)> Measured(StoreSession session, DeviceId device, Instant from, Instant to)
    {
        var dating = DeviceDating.Of(session, device);
        var own = PackStore.Measured(session, device, from, to).SelectMany(pack => Accepted(pack).Select(reading => (Reading: reading, pack.Id)));
        var anchored = dating.Boots.Values.Where(boot => !boot.IsContradicted)
            .SelectMany(boot => UndatedStore.Touching(session, device, boot.Candidates[0], from, to))
            .Select(span => (span.Boot, Pack: PackStore.Get(session, span.Pack)))
            .SelectMany(found => Undated(found.Pack, found.Boot).Select(reading => (Reading: dating.Dated(reading, found.Pack.Received), found.Pack.Id)));
        return own.Concat(anchored).Where(found => found.Reading.MeasuredAt >= from && found.Reading.MeasuredAt <= to);
    }

    /// <summary>
    /// What is to be judged, in ascending order of time, read as it is asked for: the readings, and beside them every claim of a conflict. Two
    /// contents under one key contest each of the places that they name, so that the judgement is the same whichever came first, and none of
    /// them counts as known.
    /// </summary>
    public static IEnumerable<ProbeSample> Claims(StoreSession session, IReadOnlyCollection<ProbeId> probes, Instant from, Instant to)
    {
        var wanted = probes.ToHashSet();
        var sources = wanted.Select(probe => probe.Device).Distinct().SelectMany(device => OfDevice(session, device, from, to));
        return Merged(sources).Where(claim => claim.Sample.At >= from && claim.Sample.At <= to && wanted.Contains(claim.Probe));
    }

    private static IEnumerable<IEnumerable<ProbeSample>> OfDevice(StoreSession session, DeviceId device, Instant from, Instant to)
    {
        var dating = DeviceDating.Of(session, device);
        IEnumerable<ProbeSample>[] sources =
        [
            InOrder(session, device, from, to),
            ConflictStore.Between(session, device, from, to).SelectMany(conflict => ClaimsOf(conflict, dating)).OrderBy(claim => claim.Sample.At),
            .. dating.Boots.Values.SelectMany(boot => boot.Candidates.Select(clock => Anchored(session, device, clock, boot.IsContradicted, from, to))),
        ];
        return dating.Doubtful.Count == 0 ? sources : sources.Select(source => source.Select(dating.Doubted));
    }

    /// <summary>The readings of a pack that count, each with its key.</summary>
    public static IEnumerable<Reading> Accepted(PackRow row) => All(row).Where(reading => row.Accepted.Contains(reading.Key.Seq));

    /// <summary>When the dated reading of a stream with the highest seq below one was measured; null when there is none.</summary>
    public static Instant? DatedBefore(StoreSession session, DeviceId device, string epoch, long seq)
    {
        Reading? nearest = null;
        foreach (var pack in PackStore.DatedBelow(session, device, epoch, seq, WireLimits.RecordsMax))
        {
            if (pack.LastSeq < nearest?.Key.Seq)
            {
                break; // Nor does any pack behind it reach as far.
            }

            nearest = Dated(pack).Where(reading => reading.Key.Seq < seq).Append(nearest).MaxBy(reading => reading?.Key.Seq);
        }

        return nearest?.MeasuredAt;
    }

    /// <summary>When the dated reading of a stream with the lowest seq above one was measured; null when there is none.</summary>
    public static Instant? DatedAfter(StoreSession session, DeviceId device, string epoch, long seq)
    {
        var found = PackStore.DatedAbove(session, device, epoch, seq).Select(Nearest).FirstOrDefault(reading => reading is not null);
        return found is null
            ? null
            : (PackStore.Numbered(session, device, epoch, seq + 1, found.Key.Seq, WireLimits.RecordsMax).Select(Nearest).MinBy(reading => reading?.Key.Seq ?? long.MaxValue) ?? found).MeasuredAt;

        Reading? Nearest(PackRow pack) => Dated(pack).Where(reading => reading.Key.Seq > seq).MinBy(reading => reading.Key.Seq);
    }

    /// <summary>
    /// The earliest measurement of a stream after an instant; null when there is none. A pack may hold some of before it as well, when the
    /// clock was set back: how readings were put into packs must not matter.
    /// </summary>
    public static Instant? EarliestAfter(StoreSession session, DeviceId device, string epoch, Instant at)
    {
        Instant? earliest = null;
        foreach (var pack in PackStore.MeasuredAfter(session, device, epoch, at))
        {
            if (pack.MinAt >= earliest)
            {
                break; // Nor does any pack behind it begin earlier.
            }

            var found = Dated(pack).Where(reading => reading.MeasuredAt > at).Min(reading => reading.MeasuredAt);
            earliest = earliest is null || found < earliest ? found ?? earliest : earliest;
        }

        return earliest;
    }

    private static IEnumerable<Reading> Dated(PackRow pack) => Accepted(pack).Where(reading => reading.MeasuredAt is not null);

    private static IEnumerable<ProbeSample> InOrder(StoreSession session, DeviceId device, Instant from, Instant to)
    {
        var span = PackStore.LongestSpan(session, device, from);
        return InOrder(PackStore.Measured(session, device, from, to).Select(pack =>
            (pack.MaxAt!.Value - span, Accepted(pack).Select(ProbeSample.Of).OfType<ProbeSample>()))); // What was measured has a latest instant.
    }

    /// <summary>The same for what one clock of a boot dates.</summary>
    private static IEnumerable<ProbeSample> Anchored(
        StoreSession session, DeviceId device, ClockAnchor clock, bool isContested, Instant from, Instant to)
    {
        var longest = UndatedStore.LongestSpan(session, device, clock.Boot);
        return InOrder(UndatedStore.Touching(session, device, clock, from, to).Select(span =>
            (new Instant(span.ToMono - longest + clock.Offset), ClaimsOf(PackStore.Get(session, span.Pack), clock, isContested))));
    }

    private static IEnumerable<ProbeSample> ClaimsOf(PackRow pack, ClockAnchor clock, bool isContested) =>
        from reading in Undated(pack, clock.Boot)
        let place = clock.At(reading.Mono!.Value) // Without an instant, it is needed.
        where place <= pack.Received + DeviceDating.AheadMax
        let claim = ProbeSample.Of(reading with { MeasuredAt = place })
        where claim is not null
        select isContested ? claim.Value with { Sample = claim.Value.Sample.AsContested() } : claim.Value;

    /// <summary>
    /// Batches in the order of their ends made one sequence in the order of time: what is earlier than any batch still to come can begin is
    /// passed on, the rest waits.
    /// </summary>
    private static IEnumerable<ProbeSample> InOrder(IEnumerable<(Instant BeginsAtLeast, IEnumerable<ProbeSample> Claims)> batches)
    {
        var waiting = new PriorityQueue<ProbeSample, Instant>();
        foreach (var (begin, claims) in batches)
        {
            while (waiting.TryPeek(out var first, out var at) && at < begin)
            {
                waiting.Dequeue();
                yield return first;
            }

            waiting.EnqueueRange(claims.Select(claim => (claim, claim.Sample.At)));
        }

        while (waiting.TryDequeue(out var claim, out _))
        {
            yield return claim;
        }
    }

    /// <summary>Those readings of a pack that count and were measured in a boot without a trusted clock.</summary>
    public static IEnumerable<Reading> Undated(PackRow pack, string boot) =>
        Accepted(pack).Where(reading => reading.MeasuredAt is null && reading.Boot == boot);

    private static IEnumerable<ProbeSample> Merged(IEnumerable<IEnumerable<ProbeSample>> sources)
    {
        var heads = new PriorityQueue<IEnumerator<ProbeSample>, Instant>();
        var open = new List<IEnumerator<ProbeSample>>();
        try
        {
            foreach (var source in sources.Select(source => source.GetEnumerator()))
            {
                open.Add(source);
                Advance(source);
            }

            while (heads.TryDequeue(out var source, out _))
            {
                yield return source.Current;
                Advance(source);
            }
        }
        finally
        {
            open.ForEach(source => source.Dispose());
        }

        void Advance(IEnumerator<ProbeSample> source)
        {
            if (source.MoveNext())
            {
                heads.Enqueue(source, source.Current.Sample.At);
            }
        }
    }

    private static IEnumerable<ProbeSample> ClaimsOf(ConflictRow conflict, DeviceDating dating)
    {
        Reading[] contents = [One(conflict, conflict.Held), One(conflict, conflict.Other)];
        var claims =
            from content in contents
            from place in contents
            from at in dating.PlacesOf(place, conflict.Received)
            select ProbeSample.Contested(content with { Probe = place.Probe, MeasuredAt = at });
        return claims.OfType<ProbeSample>();
    }

    private static Reading One(ConflictRow conflict, ReadOnlyMemory<byte> bytes) =>
        PackCodec.TryDecode(conflict.Key.Device, bytes.Span, out var pack, out var error)
            ? pack.Readings[0]
            : throw new InvalidDataException(
                $"Conflict {conflict.Id} of {conflict.Key.Device} was readable when it came and is not now: {error} Restore the store from a backup.");

    /// <summary>All readings of a pack, each with its key; those of a foreign device get their number from their place.</summary>
    private static IEnumerable<Reading> All(PackRow row)
    {
        if (!PackCodec.TryDecode(row.Device, row.Bytes.Span, out var pack, out var error))
        {
            throw new InvalidDataException(
                $"Pack {row.Id} of {row.Device} was readable when it came and is not now: {error} Restore the store from a backup.");
        }

        return row.Epoch == PackStore.ForeignEpoch
            ? pack.Readings.Select((reading, place) => reading with { Key = new ReadingKey(row.Device, row.Epoch, row.FirstSeq + place) })
            : pack.Readings;
    }

    private static int ByInstant(Reading a, Reading b)
    {
        var order = a.MeasuredAt!.Value.CompareTo(b.MeasuredAt!.Value); // Read keeps only those that have one.
        order = order != 0 ? order : string.CompareOrdinal(a.Key.Epoch, b.Key.Epoch);
        order = order != 0 ? order : a.Key.Seq.CompareTo(b.Key.Seq);
        return order != 0 ? order : string.CompareOrdinal(a.Key.Device.Value, b.Key.Device.Value);
    }
}
