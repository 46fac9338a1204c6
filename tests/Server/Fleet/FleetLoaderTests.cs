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

    [Theory]
    [InlineData("out: 2026-01-05T00:00:00Z", "out: 2026-01-06T00:00:00Z", "line 46: blood unit 'G123498654321' (RBC) leaves 'fridge-1' at 2026-01-06T00:00:00.000Z, but 2026-01-05T00:00:00.000Z is stored", "Write 2026-01-05T00:00:00.000Z, and the time from then to 2026-01-06T00:00:00.000Z as a stay of its own")]
    [InlineData("out: 2026-01-05T00:00:00Z", "out: 2026-01-04T00:00:00Z", "line 46: blood unit 'G123498654321' (RBC) leaves 'fridge-1' at 2026-01-04T00:00:00.000Z, but 2026-01-05T00:00:00.000Z is stored", "Write 2026-01-05T00:00:00.000Z: what it is held for since is for a person to decide")]
    [InlineData("    out: 2026-01-05T00:00:00Z\n", "", "line 46: blood unit 'G123498654321' (RBC) no longer leaves 'fridge-1', but 2026-01-05T00:00:00.000Z is stored", "Write 2026-01-05T00:00:00.000Z again, and what came after as a stay of its own")]
    [InlineData("product: RBC\n    in: 2026-01-02T00:00:00Z\n    out", "product: RBC\n    in: 2026-01-01T12:00:00Z\n    out", "line 46: blood unit 'G123498654321' (RBC) is in 'fridge-1' from 2026-01-01T12:00:00.000Z to 2026-01-05T00:00:00.000Z, but in 'fridge-1' from 2026-01-02T00:00:00.000Z to 2026-01-05T00:00:00.000Z is stored", "Write the stored stay as it is, and the time that it lacks as a stay of its own")]
    [InlineData("*\n    product: RBC\n    in: 2026-01-02T00:00:00Z", "*\n    product: RBC\n    in: 2026-01-03T00:00:00Z", "line 51: blood unit 'W000026123456' (RBC) is in 'fridge-1' from 2026-01-03T00:00:00.000Z on, but in 'fridge-1' from 2026-01-02T00:00:00.000Z on is stored", "Write the stored stay as it is, and the time that it lacks as a stay of its own")]
    public async Task File_ThatCorrectsAStoredStay_IsRefusedWithBothValuesAndTheCure(string old, string replacement, string reason, string cure)
    {
        await LoadAsync(Sound);
        var before = Stays();

        var corrected = () => LoadAsync(Sound.Replace(old, replacement, StringComparison.Ordinal));

        (await corrected.Should().ThrowAsync<ConfigurationException>()).And.Errors.Should().ContainSingle()
            .Which.Should().StartWith($"fleet.yaml, {reason}").And.Contain("is never rewritten").And.EndWith($"{cure}.");
        Stays().Should().Equal(before);
        Store.Read(FleetVersionStore.Latest)!.Text.Should().Be(Sound, "the fleet in force stays");
        await LoadAsync(Sound + "\n# the next good file works");
    }

    [Fact]
    public async Task File_ThatCorrectsSeveralStays_NamesThemAll()
    {
        await LoadAsync(Sound);

        var corrected = () => LoadAsync(Sound.Replace("in: 2026-01-02T00:00:00Z", "in: 2026-01-01T00:00:00Z", StringComparison.Ordinal));

        (await corrected.Should().ThrowAsync<ConfigurationException>()).And.Errors.Select(error => error[..19]).Should().Equal("fleet.yaml, line 46", "fleet.yaml, line 51");
    }

    [Fact]
    public async Task File_WithTheMissingTimeAsAStayOfItsOwn_IsTaken()
    {
        await LoadAsync(Sound);

        await LoadAsync(Sound.Replace("    out: 2026-01-05T00:00:00Z\n", """
                out: 2026-01-05T00:00:00Z
              - { unit: fridge-1, donation: G1234 98 654321 H, product: RBC, in: 2026-01-05T00:00:00Z, out: 2026-01-06T00:00:00Z }

            """, StringComparison.Ordinal));

        Store.Read(session => ContentsStore.OfBloodUnit(session, "G123498654321", "RBC")).Select(stay => (stay.InAt, stay.OutAt)).Should().Equal(
            (Some.At("2026-01-02T00:00:00Z"), Some.At("2026-01-05T00:00:00Z")), (Some.At("2026-01-05T00:00:00Z"), Some.At("2026-01-06T00:00:00Z")));
    }

    [Fact]
    public async Task File_ThatMovesABloodUnit_IsTakenWhicheverStayStandsFirst()
    {
        await LoadAsync(Sound);

        await LoadAsync(Sound.Replace(
            "contents:\n", "contents:\n  - { unit: incubator-1, donation: W0000 26 123456 *, product: RBC, in: 2026-01-09T00:00:00Z }\n", StringComparison.Ordinal)
            + "\n    out: 2026-01-09T00:00:00Z");

        Store.Read(session => ContentsStore.OfBloodUnit(session, "W000026123456", "RBC")).Select(stay => (stay.Unit.Value, stay.OutAt))
            .Should().Equal(("fridge-1", Some.At("2026-01-09T00:00:00Z")), ("incubator-1", null));
    }

    [Fact]
    public async Task Stay_ThatSomebodyEndedElsewhere_NeedsNoEndInTheFile()
    {
        await LoadAsync(Sound);
        await _open.Write(transaction => ContentsStore.TryLeave(transaction, Fridge, "W000026123456", "RBC", Some.At("2026-01-08T00:00:00Z"), Some.Start));

        await LoadAsync(Sound + "\n# seen by QA");

        Store.Read(session => ContentsStore.OfBloodUnit(session, "W000026123456", "RBC")).Should()
            .ContainSingle().Which.OutAt.Should().Be(Some.At("2026-01-08T00:00:00Z"));
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

    private List<ContentsRow> Stays() => Store.Read(session => ContentsStore.Inside(session, Fridge, Instant.Beginning, Instant.End));

    private List<EventRow> Events(string kind) => Store.Read(session => EventLog.Read(session, 0, 100)).FindAll(row => row.Kind == kind);
}
