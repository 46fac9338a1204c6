using ColdChain.Server.Audit;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Store;
using ColdChain.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;

namespace ColdChain.Server.Tests.Audit;

public sealed class AnchorFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void Line_ThatAPowerCutLeftHalf_GivesWayToTheNext()
    {
        using var key = AnchorKey.LoadOrCreate(_folder.File(""));
        var path = _folder.File("anchors.jsonl");
        AnchorFile.Add(path, key, "store", (1, new byte[32]), Ingest.Some.Start);
        File.AppendAllText(path, "{\"store\":\"st");

        AnchorFile.Add(path, key, "store", (2, new byte[32]), Ingest.Some.Start);

        Read(path, "store").Should().Match<AnchorReading>(reading => reading.Problem == null && reading.Anchors.Count == 2);
    }

    [Fact]
    public void Key_IsMadeOnce_AndIsTheServersOwn()
    {
        using (var first = AnchorKey.LoadOrCreate(_folder.File("")))
        {
            AnchorFile.Add(_folder.File("anchors.jsonl"), first, "store", (1, new byte[32]), Ingest.Some.Start);
        }

        using (AnchorKey.LoadOrCreate(_folder.File("")))
        {
            Read(_folder.File("anchors.jsonl"), "store").Problem.Should().BeNull("it is the same key");
        }

        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(_folder.File(AnchorKey.FileName)).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public void Anchor_ThatGoesBack_IsNotBelieved()
    {
        using var key = AnchorKey.LoadOrCreate(_folder.File(""));
        var path = _folder.File("anchors.jsonl");
        AnchorFile.Add(path, key, "store", (9, new byte[32]), Ingest.Some.Start);
        AnchorFile.Add(path, key, "store", (4, new byte[32]), Ingest.Some.Start);

        Read(path, "store").Problem.Should().Contain("line 2 of the anchors goes back to entry 4");
    }

    [Fact]
    public async Task Keeper_AnchorsAtTheStart_EveryHour_AndAtTheEnd()
    {
        var time = new ManualTimeProvider(Ingest.Some.Start.ToDateTimeOffset());
        await using var store = RecordStore.Open(_folder.File("record.db"), time);
        using var place = new AnchorPlace(_folder.File("anchors.jsonl"), AnchorKey.LoadOrCreate(_folder.File("")));
        using var keeper = new AnchorKeeper(store, place, time, NullLogger<AnchorKeeper>.Instance);

        await keeper.StartAsync(CancellationToken.None);
        await Eventually.HoldsAsync(() => Task.FromResult(Kinds(store).Count == 2));
        Kinds(store).Should().Equal(EventKinds.ServerStarted, EventKinds.TrailAnchored);
        await Eventually.HoldsAsync(() =>
        {
            time.Advance(AnchorKeeper.Every);
            return Task.FromResult(Kinds(store).Count > 2);
        });
        var before = Kinds(store).Count;
        await keeper.StopAsync(CancellationToken.None);

        Kinds(store).Count.Should().BeGreaterThan(before);
        Read(place.Path, store.Id).Should().Match<AnchorReading>(reading => reading.Problem == null && reading.Anchors.Count == Kinds(store).Count - 1);
    }

    [Fact]
    public async Task Place_ThatCannotBeWritten_IsTriedAgain_AndTheLogTellsOfNothing()
    {
        var time = new ManualTimeProvider(Ingest.Some.Start.ToDateTimeOffset());
        await using var store = RecordStore.Open(_folder.File("record.db"), time);
        using var place = new AnchorPlace(_folder.File("missing/anchors.jsonl"), AnchorKey.LoadOrCreate(_folder.File("")));
        using var keeper = new AnchorKeeper(store, place, time, NullLogger<AnchorKeeper>.Instance);

        await keeper.StartAsync(CancellationToken.None);
        Kinds(store).Should().Equal(EventKinds.ServerStarted);
        Directory.CreateDirectory(_folder.File("missing"));
        await Eventually.HoldsAsync(() =>
        {
            time.Advance(AnchorKeeper.RestAfterError);
            return Task.FromResult(Kinds(store).Count > 1);
        });

        await keeper.StopAsync(CancellationToken.None);
        Read(place.Path, store.Id).Problem.Should().BeNull();
    }

    public void Dispose() => _folder.Dispose();

    private AnchorReading Read(string path, string store) => AnchorReader.Read(File.ReadLines(path), File.ReadAllText(_folder.File(AnchorKey.PublicFileName)), store);

    private static List<string> Kinds(RecordStore store) => store.Read(session => EventLog.Read(session, 0, 100)).ConvertAll(row => row.Kind);
}
