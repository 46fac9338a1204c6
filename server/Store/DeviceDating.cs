using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;

namespace ColdChain.Server.Store;

/// <summary>
/// Dates the readings of one device that have no instant of their own: what its anchors say of its boots. Nothing of it is stored, so that a
/// better anchor, or one that contradicts, changes every judgement and nothing that was received.
/// </summary>
internal sealed class DeviceDating
{
    /// <summary>
    /// How far a device's clock may run ahead of the server's. No anchor and no reading is taken that lies further ahead of when it came.
    /// </summary>
    public static readonly TimeSpan AheadMax = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, BootClock> _boots;
    private readonly List<(Instant From, Instant To)> _doubtful;

    private DeviceDating(Dictionary<string, BootClock> boots) =>
        (_boots, _doubtful) = (boots, [.. boots.Values.SelectMany(boot => boot.Doubtful)]);

    /// <summary>The boots that can be dated.</summary>
    public IReadOnlyDictionary<string, BootClock> Boots => _boots;

    /// <summary>The times, ends included, of which contradicting clocks leave nothing known.</summary>
    public IReadOnlyList<(Instant From, Instant To)> Doubtful => _doubtful;

    public static DeviceDating Of(StoreSession session, DeviceId device) => Of(AnchorStore.OfDevice(session, device));

    /// <summary>What some anchors of one device say, in the order in which they came.</summary>
    public static DeviceDating Of(IEnumerable<ClockAnchor> anchors) =>
        new(anchors.GroupBy(anchor => anchor.Boot).ToDictionary(boot => boot.Key, BootClock.Of));

    /// <summary>
    /// When a reading was measured: its own instant, or what the clock of its boot says; none while that is not known, and several when it is
    /// contested.
    /// </summary>
    /// <param name="reading">The reading.</param>
    /// <param name="received">When it came: it was not measured after that.</param>
    public IEnumerable<Instant> PlacesOf(Reading reading, Instant received) => reading switch
    {
        { MeasuredAt: { } own } => [own],
        { Boot: { } boot, Mono: { } mono } when _boots.TryGetValue(boot, out var clock) => clock.PlacesOf(mono).Where(place => place <= received + AheadMax),
        _ => [],
    };

    /// <summary>The reading with its one instant; as it is when there is none, or more than one.</summary>
    public Reading Dated(Reading reading, Instant received) =>
        reading.MeasuredAt is null && PlacesOf(reading, received).ToList() is [var only] ? reading with { MeasuredAt = only } : reading;

    /// <summary>The claim, contested when it lies in a time of which contradicting clocks leave nothing known.</summary>
    public ProbeSample Doubted(ProbeSample claim) =>
        _doubtful.Exists(time => time.From <= claim.Sample.At && claim.Sample.At <= time.To) ? claim with { Sample = claim.Sample.AsContested() } : claim;
}
