using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;
using ColdChain.Server.Quarantine;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;

namespace ColdChain.Server.Tests.Exposure;

/// <summary>
/// Platelets that were in a van from 7:00 to 11:00, of which nothing was heard between 8:00 and 10:30: held, since they may have been too warm for
/// longer than two hours. A person decides; then more becomes known.
/// </summary>
public sealed class ExposureDecisionTests : IAsyncLifetime
{
    private const string Fleet = """
        sites: [{ id: rabat, name: Rabat, zone: Africa/Casablanca }]
        devices: [{ id: pi-001, site: rabat }, { id: pi-002, site: rabat }]
        storage-units:
          - id: van
            name: Van
            site: rabat
            kind: transport
            history: [{ from: 2026-11-22T06:00:00Z, rules: eu-edqm, product: PLT, context: transport, probes: [{ id: pi-001/load, role: load }] }]
          - id: incubator
            name: Incubator
            site: rabat
            kind: incubator
            history: [{ from: 2026-11-22T06:00:00Z, rules: eu-edqm, product: PLT, context: storage, probes: [{ id: pi-002/load, role: load }] }]
        contents: []
        """;

    private static readonly BloodUnit Platelets = new("W000026100002", "PLT");

    private Scene _scene = null!;

    public async Task InitializeAsync()
    {
        _scene = await Scene.OpenAsync(Fleet);
        await _scene.MeasureAsync("pi-001/load", "06:00", "08:00", "22");
        await _scene.MeasureAsync("pi-001/load", "10:30", "12:00", "22");
        await _scene.MeasureAsync("pi-002/load", "06:00", "12:00", "22");
        await StayAsync("van", "07:00", "11:00");
        await StayAsync("incubator", "11:00", null);
        await _scene.JudgeAsync("12:00");
    }

    public async Task DisposeAsync() => await _scene.DisposeAsync();

    [Fact]
    public async Task Release_OnIncompleteData_IsReopenedWhenLateDataShowsMore()
    {
        var (exposure, hold) = Ground();
        exposure.OnlyPossible.Should().BeTrue();
        await SignAsync(DecisionKind.Release);
        Hold(hold.Id).State.Should().Be(HoldWords.Decided);
        await _scene.JudgeAsync("12:01");
        Reopened().Should().BeEmpty("nothing is new");

        await _scene.MeasureAsync("pi-001/load", "08:05", "10:25", "25");
        await _scene.JudgeAsync("12:05");

        var told = Reopened().Should().ContainSingle().Subject;
        told.Payload.Should().Contain($"\"hold\":{hold.Id}").And.Contain($"\"exposure\":{exposure.Id}").And.Contain("version 2");
        Hold(hold.Id).State.Should().Be(HoldWords.Held);
        _scene.Read(session => DecisionStore.StandingOnExposure(session, exposure.Id)).Should().BeEmpty();

        await SignAsync(DecisionKind.Discard);
        Hold(hold.Id).State.Should().Be(HoldWords.Decided, "what is known now can be decided");
    }

    [Fact]
    public async Task Release_OnAGroundThatLateDataRemoves_Stands()
    {
        var (exposure, hold) = Ground();
        await SignAsync(DecisionKind.Release);

        await _scene.MeasureAsync("pi-001/load", "08:05", "10:25", "22");
        await _scene.JudgeAsync("12:05");

        _scene.Read(session => ExposureStore.Find(session, exposure.Id))!.Status.Should().Be(ExposureWords.Retracted);
        Reopened().Should().BeEmpty();
        Hold(hold.Id).State.Should().Be(HoldWords.Decided);
    }

    [Fact]
    public async Task Discard_OnAGroundThatLateDataRemoves_IsReopened()
    {
        var (_, hold) = Ground();
        await SignAsync(DecisionKind.Discard);

        await _scene.MeasureAsync("pi-001/load", "08:05", "10:25", "22");
        await _scene.JudgeAsync("12:05");

        Reopened().Should().ContainSingle();
        Hold(hold.Id).State.Should().Be(HoldWords.GroundRemoved, "only a person lifts it");
    }

    [Fact]
    public async Task Release_IsReopenedWhenTheSameGroundAddsUpToMore()
    {
        await _scene.MeasureAsync("pi-001/load", "08:05", "10:25", "25");
        await _scene.JudgeAsync("12:05");
        var (exposure, hold) = Ground();
        await SignAsync(DecisionKind.Release);

        await _scene.MeasureAsync("pi-001/load", "10:32", "10:47", "26"); // Between the others: it was not back at 22 °C.
        await _scene.JudgeAsync("12:10");

        Ground().Exposure.Version.Should().Be(exposure.Version);
        Reopened().Should().ContainSingle().Which.Payload.Should().Contain("adds up to something else");
        Hold(hold.Id).State.Should().Be(HoldWords.Held);
    }

    [Fact]
    public async Task BloodUnit_ThatHadLeftTheVan_IsNamedOnceForALookBack()
    {
        var exposure = Ground().Exposure;

        var told = Events(EventKinds.LookbackRequired).Should().ContainSingle().Subject;
        told.Payload.Should().Contain($"\"exposure\":{exposure.Id}").And.Contain(Platelets.Donation).And.Contain("2026-11-22T11:00:00.000Z").And.Contain("incubator");

        await _scene.MeasureAsync("pi-001/load", "08:05", "10:25", "25"); // Another version.
        await _scene.JudgeAsync("12:05");
        Events(EventKinds.LookbackRequired).Should().ContainSingle();
    }

    [Fact]
    public async Task BloodUnit_ThatWasReleasedAndWentOn_IsNamedWhenTheReleaseIsReopened()
    {
        var exposure = Ground().Exposure;
        await SignAsync(DecisionKind.Release);

        await _scene.MeasureAsync("pi-001/load", "08:05", "10:25", "25");
        await _scene.JudgeAsync("12:05");

        var left = _scene.Read(session => LookbackStore.OfExposure(session, exposure.Id));
        left.Should().NotBeNull().And.Match<LookbackRow>(row => row.Left.WentTo == new StorageUnitId("incubator"));
    }

    [Fact]
    public async Task Decision_OnAVersionThatIsNotTheNewest_IsRefused()
    {
        var (exposure, hold) = Ground();

        var sign = () => SignAsync(DecisionKind.Release, exposure.Version + 1);

        await sign.Should().ThrowAsync<InvalidOperationException>();
        Hold(hold.Id).Stands.Should().BeTrue();
    }

    [Theory]
    [InlineData("UPDATE dispositions SET kind = 'discard'")]
    [InlineData("DELETE FROM dispositions")]
    [InlineData("UPDATE reopened_dispositions SET reason = 'none'")]
    [InlineData("DELETE FROM reopened_dispositions")]
    [InlineData("UPDATE exposure_lookbacks SET went_to = NULL")]
    [InlineData("DELETE FROM exposure_lookbacks")]
    public async Task Row_Stored_IsNeverRewrittenOrDeleted(string sql)
    {
        await SignAsync(DecisionKind.Release);
        await _scene.MeasureAsync("pi-001/load", "08:05", "10:25", "25");
        await _scene.JudgeAsync("12:05");

        var rewrite = () => _scene.Write(transaction => transaction.Execute(sql));

        (await rewrite.Should().ThrowAsync<Microsoft.Data.Sqlite.SqliteException>()).WithMessage("*never*");
    }

    private Task StayAsync(string unit, string from, string? to) => _scene.Write(transaction => ContentsEntry.Enter(
        transaction, _scene.Fleet, _scene.Packs, new NewStay(new StorageUnitId(unit), Platelets, Scene.At(from), to is null ? null : Scene.At(to)), Scene.At("23:00")));

    private Task SignAsync(DecisionKind kind, int? version = null) => _scene.Write(transaction =>
    {
        var (exposure, hold) = Ground();
        DecisionStore.Sign(transaction, hold, new DecisionRow(
            0, hold.Id, kind, "Dr. A", _scene.Clock.Now, "short", 0, version ?? exposure.Version, Scene.At("12:00"), exposure.Id));
    });

    private (ExposureRow Exposure, HoldRow Hold) Ground() => _scene.Read(session =>
    {
        var exposure = ExposureStore.Current(session, Platelets.Donation, Platelets.Product).Should().ContainSingle().Subject;
        return (exposure, HoldStore.OfExposure(session, exposure.Id)!); // Each has one.
    });

    private HoldRow Hold(long id) => _scene.Read(session => HoldStore.OfBloodUnit(session, Platelets.Donation, Platelets.Product)).Single(hold => hold.Id == id);

    private List<EventRow> Reopened() => Events(EventKinds.DecisionReopened);

    private List<EventRow> Events(string kind) => _scene.Read(session => EventLog.Read(session, 0, 1000)).FindAll(row => row.Kind == kind);
}
