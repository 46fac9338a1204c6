using System.Globalization;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Store;

namespace ColdChain.EndToEnd.Tests.BadInput;

/// <summary>
/// What comes twice, or in another order. A repetition is counted and no refusal; an order is nothing at all: of these two the table says
/// what is counted, and that the judgement is the same.
/// </summary>
internal static class RepeatedRows
{
    public static IReadOnlyList<BadInputRow> All { get; } =
    [
        new("reused seq", ReusedSeqAsync, "reading 3", "came again with another content", "look for a copied memory card"),
        new("duplicate pack", DuplicateAsync, "pi-2", "reading-repeated", "14 times, stored 14"),
        new("reordered packs", ReorderedAsync, "pi-5/load", "high", "peak 9000, like those in order"),
    ];

    private static async Task<string> ReusedSeqAsync(BadInputScene scene)
    {
        await scene.Speaker.PublishAsync(scene.Speaker.Pack(3, (scene.Samples(_ => "")[2].At, "5.5")));
        return await scene.EventAsync(EventKinds.ReadingConflict, scene.Speaker.Id);
    }

    private static async Task<string> DuplicateAsync(BadInputScene scene)
    {
        var pack = scene.Speaker.Pack(1, scene.Samples(_ => "4"));
        await scene.Speaker.PublishAsync(PackCodec.Encode(pack), Topics.Up(scene.Speaker.Id, UpKind.Backfill));
        DeviceCount? repeated = null;
        await Eventually.HoldsAsync(
            () => (repeated = scene.Server.Store.Read(DeviceCounts.All).Find(count => count.What == CountedAs.ReadingRepeated)) is not null, "the repetition is counted");
        var stored = scene.Server.Store.Read(session => StreamStore.Find(session, pack.Device, pack.Epoch))!.Held; // It has delivered before.
        return string.Create(CultureInfo.InvariantCulture, $"{repeated!.Device}: {repeated.What} {repeated.Count} times, stored {stored.Count}");
    }

    // The same samples from two devices: one in order, the other's last third first.
    private static async Task<string> ReorderedAsync(BadInputScene scene)
    {
        var samples = scene.Samples(place => place is > 2 and < 10 ? "9" : "4");
        var (ordered, reordered) = (scene.Device(SceneFleet.Ordered), scene.Device(SceneFleet.Reordered));
        foreach (var (device, order) in new[] { (ordered, new[] { 0, 5, 10 }), (reordered, [10, 5, 0]) })
        {
            foreach (var first in order)
            {
                await scene.StoreAsync(device, device.Pack(first + 1, [.. samples.Skip(first).Take(5)]));
                await scene.SettledAsync();
            }
        }

        var findings = await FindingsAsync(scene, reordered.Id);
        findings.Should().ContainSingle().And.Equal(await FindingsAsync(scene, ordered.Id));
        return $"{reordered.Probe}: {findings[0]}, like those in order";
    }

    private static async Task<List<string>> FindingsAsync(BadInputScene scene, DeviceId device)
    {
        var unit = SceneFleet.UnitOf(device);
        await Eventually.HoldsAsync(() => scene.Server.Store.Read(session => HoldStore.OfUnit(session, unit)).Count > 0, $"{unit} is held");
        return
        [
            .. scene.Server.Store.Read(session => FindingStore.Search(session, unit, unknown: false, open: false, long.MaxValue, 100))
                .Select(row => row.Finding.Stretch)
                .Select(found => $"{FindingWords.Of(found.Side)} from {found.Start} to {found.End}, area {found.TwiceArea}, peak {found.PeakMilli}"),
        ];
    }
}
