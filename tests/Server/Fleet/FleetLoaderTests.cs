using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Ingest;
using ColdChain.Server.Tests.Store;

namespace ColdChain.Server.Tests.Fleet;

public sealed class FleetLoaderTests : IAsyncDisposable
{
    // The same file with rules of the one pack that comes with the server.
    private static readonly string Sound = FleetText.With("rules: who", "rules: eu-edqm");
    private static readonly StorageUnitId Fridge = new("fridge-1");
    private static readonly IReadOnlyList<RulePack> Packs = RulePackFolder.Read(RulePackFolder.Default);

    private readonly TempFolder _folder = new();
    private readonly OpenStore _open = new();
    private readonly FleetView _view = new();

    private RecordStore Store => _open.Store;

    [Fact]
    public async Task File_First_IsStoredWithContentsMarksAndEvents()
    {
        await LoadAsync(Sound);

        Store.Read(FleetVersionStore.Latest)!.Text.Should().Be(Sound);
        Store.Read(MarkStore.Pending).Select(mark => (mark.Unit.Value, mark.From, mark.To)).Should().BeEquivalentTo(
            [("fridge-1", Some.At("2026-01-01T00:00:00Z"), Instant.End), ("incubator-1", Some.At("2026-01-01T00:00:00Z"), Instant.End)]);
        Store.Read(session => ContentsStore.Inside(session, Fridge, Some.At("2026-01-05T00:00:00Z"), Instant.End)).Should()
            .ContainSingle().Which.Donation.Should().Be("W000026123456");
        Events(EventKinds.ContentsEntered).Should().HaveCount(2);
        Events(EventKinds.FleetLoaded).Should().ContainSingle();
        _view.Current.Units.Should().HaveCount(2);
    }

    [Fact]
    public async Task File_SameAgain_ChangesNothingStored()
    {
        await LoadAsync(Sound);
        var events = Store.Events.Last;
        _view.Current = FleetHistory.Empty;

        await LoadAsync(Sound);

        Store.Events.Last.Should().Be(events);
        _view.Current.Units.Should().HaveCount(2);
    }

    [Theory]
    [InlineData("-0.125", "-0.250", "2026-01-01T00:00:00Z")]
    [InlineData("to: 2026-06-01T00:00:00Z", "to: 2026-05-01T00:00:00Z", "2026-05-01T00:00:00Z")]
    [InlineData("{ id: pi-001/load, role: load }", "{ id: pi-001/core, role: load }", "2026-06-01T00:00:00Z")]
    public async Task File_Changed_MarksTheUnitFromTheFirstDifferenceOn(string old, string replacement, string from)
    {
        await LoadAsync(Sound);
        await _open.Write(transaction => MarkStore.Pending(transaction).ForEach(mark => MarkStore.Delete(transaction, mark)));

        await LoadAsync(Sound.Replace(old, replacement, StringComparison.Ordinal));

        Store.Read(MarkStore.Pending).Select(mark => (mark.Unit, mark.From, mark.To)).Should().Equal((Fridge, Some.At(from), Instant.End));
    }

    [Fact]
    public async Task File_ThatEndsAStay_EndsItOnce()
    {
        await LoadAsync(Sound);

        await LoadAsync(Sound + "\n    out: 2026-01-09T00:00:00Z");
        await LoadAsync(Sound + "\n    out: 2026-01-09T00:00:00Z\n# seen by QA");

        Store.Read(session => ContentsStore.OfBloodUnit(session, "W000026123456", "RBC")).Should()
            .ContainSingle().Which.OutAt.Should().Be(Some.At("2026-01-09T00:00:00Z"));
        Events(EventKinds.ContentsLeft).Should().ContainSingle();
    }

    [Fact]
    public async Task File_WithErrors_NamesThemAllAndTheFleetInForceStays()
    {
        await LoadAsync(Sound);

        var bad = () => LoadAsync(Sound.Replace("kind: incubator", "kind: box", StringComparison.Ordinal).Replace("zone: Africa/Casablanca", "zone: Mars", StringComparison.Ordinal));

        (await bad.Should().ThrowAsync<ConfigurationException>()).And.Errors.Should().SatisfyRespectively(
            zone => zone.Should().StartWith("fleet.yaml, line 4: site 'rabat'"),
            kind => kind.Should().StartWith("fleet.yaml, line 37: storage unit 'incubator-1'"));
        _view.Current.Units.Should().HaveCount(2);
    }

    [Fact]
    public void Unit_Removed_IsAChangeFromItsStart()
    {
        var before = FleetText.Read(FleetText.Sound);

        FleetChange.Between(before, FleetHistory.Empty).Select(change => change.From).Should()
            .Equal(Some.At("2026-01-01T00:00:00Z"), Some.At("2026-01-01T00:00:00Z"));
        FleetChange.Between(before, FleetText.Read(FleetText.Sound)).Should().BeEmpty();
    }

    public async ValueTask DisposeAsync()
    {
        await _open.DisposeAsync();
        _folder.Dispose();
    }

    private async Task LoadAsync(string text)
    {
        await File.WriteAllTextAsync(_folder.File("fleet.yaml"), text);
        await new FleetLoader(Store, _view, Packs, TimeProvider.System).LoadAsync(_folder.File("fleet.yaml"), CancellationToken.None);
    }

    private List<EventRow> Events(string kind) => Store.Read(session => EventLog.Read(session, 0, 100)).FindAll(row => row.Kind == kind);
}
