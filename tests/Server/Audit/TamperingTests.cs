using ColdChain.Server.Audit;
using ColdChain.Server.Store;

namespace ColdChain.Server.Tests.Audit;

/// <summary>Every way to change database, chain or anchors that somebody thought of: each is found, and the first bad entry or line named.</summary>
public sealed class TamperingTests
{
    private const string Forged = "INSERT INTO events (id, at, kind, unit, subject, payload, who, zone, hash) SELECT";

    private static readonly Dictionary<string, (Action<TrailBench> Do, string Found)> Kinds = new(StringComparer.Ordinal)
    {
        ["payload changed"] = (bench => bench.Sql("UPDATE events SET payload = '{}' WHERE id = 7"), "entry 7 is not what was written there"),
        ["payload made no JSON"] = (bench => bench.Sql("UPDATE events SET payload = 'x' WHERE id = 7"), "entry 7 is not what was written there"),
        ["payload of an anchoring changed"] = (bench => bench.Sql("UPDATE events SET payload = '[]' WHERE id = 12"), "entry 12 is not what was written there"),
        ["subject changed"] = (bench => bench.Sql("UPDATE events SET subject = 'other' WHERE id = 7"), "entry 7 is not what was written there"),
        ["kind changed"] = (bench => bench.Sql("UPDATE events SET kind = 'contents-left' WHERE id = 7"), "entry 7 is not what was written there"),
        ["unit changed"] = (bench => bench.Sql("UPDATE events SET unit = 'fridge-2' WHERE id = 7"), "entry 7 is not what was written there"),
        ["unit made impossible"] = (bench => bench.Sql("UPDATE events SET unit = ' / ' WHERE id = 7"), "entry 7 is not what was written there"),
        ["unit taken away"] = (bench => bench.Sql("UPDATE events SET unit = NULL WHERE id = 7"), "entry 7 is not what was written there"),
        ["text moved from one member to the next"] = (
            bench => bench.Sql("UPDATE events SET kind = kind || substr(unit, 1, 1), unit = substr(unit, 2) WHERE id = 7"), "entry 7 is not what was written there"),
        ["time changed by a millisecond"] = (bench => bench.Sql("UPDATE events SET at = at + 1 WHERE id = 7"), "entry 7 is not what was written there"),
        ["time made impossible"] = (bench => bench.Sql("UPDATE events SET at = 9223372036854775807 WHERE id = 7"), "entry 7 is not what was written there"),
        ["person changed"] = (bench => bench.Sql("UPDATE events SET who = 'person:bruno' WHERE id = 7"), "entry 7 is not what was written there"),
        ["person taken away"] = (bench => bench.Sql("UPDATE events SET who = NULL WHERE id = 7"), "entry 7 is not what was written there"),
        ["address changed"] = (bench => bench.Sql("UPDATE events SET source = '192.0.2.8' WHERE id = 7"), "entry 7 is not what was written there"),
        ["zone changed"] = (bench => bench.Sql("UPDATE events SET zone = 'Mars/Olympus' WHERE id = 7"), "entry 7 is not what was written there"),
        ["hash changed"] = (bench => bench.Sql("UPDATE events SET hash = zeroblob(32) WHERE id = 7"), "entry 7 is not what was written there"),
        ["hash shortened"] = (bench => bench.Sql("UPDATE events SET hash = x'00' WHERE id = 7"), "entry 7 is not what was written there"),
        ["hash taken away"] = (bench => bench.Sql("UPDATE events SET hash = NULL WHERE id = 7"), "entry 7 has no hash"),
        ["all hashes taken away"] = (bench => bench.Sql("UPDATE events SET payload = '{}' WHERE id = 7", "UPDATE events SET hash = NULL"), "something from entry 6 on was changed"),
        ["one taken out"] = (bench => bench.Sql("DELETE FROM events WHERE id = 7"), "entry 7 is missing"),
        ["three taken out"] = (bench => bench.Sql("DELETE FROM events WHERE id BETWEEN 7 AND 9"), "entries 7 to 9 are missing"),
        ["the first taken out"] = (bench => bench.Sql("DELETE FROM events WHERE id = 1"), "an entry from 1 to 2 is not what was written there"),
        ["one taken out and the others moved up"] = (
            bench => bench.Sql("DELETE FROM events WHERE id = 7", "UPDATE events SET id = -id WHERE id > 7", "UPDATE events SET id = -id - 1 WHERE id < 0"),
            "entry 7 is not what was written there"),
        ["one put in at the end without a hash"] = (
            bench => bench.Sql($"{Forged} 25, at, kind, unit, 'forged', payload, who, zone, NULL FROM events WHERE id = 7"), "entry 25 has no hash"),
        ["one put in at the end with a hash of another"] = (
            bench => bench.Sql($"{Forged} 25, at, kind, unit, 'forged', payload, who, zone, hash FROM events WHERE id = 7"), "entry 25 is not what was written there"),
        ["one put in between"] = (
            bench => bench.Sql(
                "UPDATE events SET id = -id WHERE id > 6", "UPDATE events SET id = -id + 1 WHERE id < 0",
                $"{Forged} 7, at, kind, unit, 'forged', payload, who, zone, hash FROM events WHERE id = 6"),
            "entry 7 is not what was written there"),
        ["two changed places"] = (
            bench => bench.Sql("UPDATE events SET id = -7 WHERE id = 7", "UPDATE events SET id = 7 WHERE id = 8", "UPDATE events SET id = 8 WHERE id = -7"),
            "entry 7 is not what was written there"),
        ["two changed their texts"] = (
            bench => bench.Sql("UPDATE events SET subject = (SELECT subject FROM events AS other WHERE other.id = 15 - events.id) WHERE id IN (7, 8)"),
            "entry 7 is not what was written there"),
        ["two changed, of which the first is named"] = (
            bench => bench.Sql("UPDATE events SET subject = 'x' WHERE id IN (4, 19)"), "entry 4 is not what was written there"),
        ["the end cut off"] = (bench => bench.Sql("DELETE FROM events WHERE id > 20"), "the entries from 21 to at least 23 are missing at the end"),
        ["all cut off"] = (bench => bench.Sql("DELETE FROM events"), "the entries from 1 to at least 23 are missing at the end"),
        ["the end written anew"] = (
            bench =>
            {
                bench.Sql("UPDATE events SET subject = 'forged' WHERE id = 19");
                bench.ComputeAnewFrom(19);
            },
            "something from entry 18 on was changed, and the hashes after it were computed anew"),
        ["the whole chain written anew"] = (
            bench =>
            {
                bench.Sql("UPDATE events SET subject = 'forged' WHERE id = 1");
                bench.ComputeAnewFrom(1);
            },
            "something from entry 1 on was changed, and the hashes after it were computed anew"),
        ["one taken out, the others moved up, and all computed anew"] = (
            bench =>
            {
                bench.Sql("DELETE FROM events WHERE id = 7", "UPDATE events SET id = -id WHERE id > 7", "UPDATE events SET id = -id - 1 WHERE id < 0");
                bench.ComputeAnewFrom(7);
            },
            "something from entry 6 on was changed"),
        ["another store's name"] = (bench => bench.Sql("UPDATE meta SET value = 'ffffffffffffffffffffffffffffffff' WHERE name = 'store-id'"), "line 1 of the anchors is about another record store"),
        ["an anchor's head changed"] = (bench => Change(bench, 1, line => line.Replace("\"head\":\"", "\"head\":\"0", StringComparison.Ordinal)), "line 2 of the anchors is not signed by this key"),
        ["an anchor's entry changed"] = (bench => Change(bench, 1, line => line.Replace("\"entry\":11", "\"entry\":12", StringComparison.Ordinal)), "line 2 of the anchors is not signed by this key"),
        ["an anchor's time changed"] = (bench => Change(bench, 1, line => line.Replace("\"at\":\"20", "\"at\":\"19", StringComparison.Ordinal)), "line 2 of the anchors is not signed by this key"),
        ["an anchor's signature taken away"] = (bench => bench.WriteAnchors(bench.AnchorLines().Select(line => (TrailAnchor.Of(line)! with { Signature = "" }).ToLine())), "line 1 of the anchors is not signed by this key"),
        ["an anchor made longer"] = (bench => Change(bench, 1, line => line.Replace("{", "{\"x\":1,", StringComparison.Ordinal)), "line 2 of the anchors is not an anchor"),
        ["an anchor made nonsense"] = (bench => Change(bench, 1, _ => "nonsense"), "line 2 of the anchors is not an anchor"),
        ["an anchor cut short"] = (bench => Change(bench, 3, line => line[..50]), "line 4 of the anchors is not an anchor"),
        ["an anchor taken out"] = (bench => bench.WriteAnchors(bench.AnchorLines().Where((_, place) => place != 1)), "line 2 of the anchors does not follow the line before it"),
        ["the first anchor taken out"] = (bench => bench.WriteAnchors(bench.AnchorLines().Skip(1)), "line 1 of the anchors does not follow the line before it"),
        ["anchors changed places"] = (bench => bench.WriteAnchors(bench.AnchorLines() is var lines ? [lines[0], lines[2], lines[1], lines[3]] : []), "line 2 of the anchors does not follow the line before it"),
        ["an anchor doubled"] = (bench => bench.WriteAnchors(bench.AnchorLines() is var lines ? [.. lines, lines[3]] : []), "line 5 of the anchors does not follow the line before it"),
        ["the last anchor cut off"] = (bench => bench.WriteAnchors(bench.AnchorLines().SkipLast(1)), "the anchor of entry 23, which the log tells of, is not among the anchors"),
        ["all anchors cut off"] = (bench => bench.WriteAnchors([]), "the anchor of entry 5, which the log tells of, is not among the anchors"),
        ["all anchors signed by another key"] = (bench => bench.SignAnewWithAnotherKey(), "line 1 of the anchors is not signed by this key"),
    };

    public static TheoryData<string> Names => [.. Kinds.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Tampering_IsFound_AndItsFirstBadPlaceNamed(string name)
    {
        await using var bench = await TrailBench.WriteAsync();
        bench.Verify().Should().Match<(AnchorReading Anchors, TrailResult Trail)>(result => result.Anchors.Problem == null && result.Trail.Problem == null);

        Kinds[name].Do(bench);

        var (anchors, trail) = bench.Verify();
        string.Join(' ', anchors.Problem, trail.Problem).Should().Contain(Kinds[name].Found);
    }

    [Fact]
    public async Task OlderBackup_PutInThePlaceOfTheDatabase_IsFoundByTheAnchorsAndByTheEvents()
    {
        await using var bench = await TrailBench.WriteAsync();
        var backup = bench.Backup();
        await using (var store = RecordStore.Open(bench.StorePath, TimeProvider.System))
        {
            await bench.WriteRoundAsync(store, 5);
        }

        File.Copy(backup, bench.StorePath, overwrite: true);
        bench.Verify().Trail.Problem.Should().Contain("the entries from 25 to at least 29 are missing at the end").And.Contain("or this is an older backup");

        await using (var store = RecordStore.Open(bench.StorePath, TimeProvider.System))
        {
            await bench.WriteRoundAsync(store, 6);
        }

        var (anchors, trail) = bench.Verify();
        anchors.Problem.Should().BeNull("the server that goes on over the backup signs as ever");
        trail.Problem.Should().Contain("the chain up to entry 29 is another than the one of", "its entries have the numbers of those that are lost");
        trail.FirstBad.Should().Be(24);
    }

    [Fact]
    public async Task Chain_WithoutAnchors_ShowsWhatWasChanged_AndNotWhatWasCutOff()
    {
        await using var bench = await TrailBench.WriteAsync();
        bench.Sql("DELETE FROM events WHERE id > 20");

        StoreFile.Read(bench.StorePath, session => TrailVerification.Verify(session, null)).Should().Match<TrailResult>(result => result.Problem == null && result.Anchored == null && result.LastId == 20);
    }

    [Fact]
    public async Task EventsOfBeforeThereWasAChain_AreCoveredByItsFirstHash()
    {
        await using var bench = await TrailBench.WriteAsync();
        bench.Sql("DELETE FROM events WHERE id > 6 OR id = 4", "UPDATE events SET hash = NULL, who = NULL, source = NULL, zone = NULL");
        await using (var store = RecordStore.Open(bench.StorePath, TimeProvider.System))
        {
            await store.WriteAsync(WritePriority.Decision, transaction => EventLog.Append(transaction, default, EventKinds.FleetLoaded, null, "fleet", new { }), CancellationToken.None);
        }

        Problem().Should().BeNull("ids could have holes then");
        bench.Sql("UPDATE events SET subject = 'x' WHERE id = 2");
        Problem().Should().Contain("an entry from 1 to 7 is not what was written there");

        string? Problem() => StoreFile.Read(bench.StorePath, session => TrailVerification.Verify(session, null)).Problem;
    }

    private static void Change(TrailBench bench, int place, Func<string, string> change)
    {
        var lines = bench.AnchorLines();
        lines[place] = change(lines[place]);
        bench.WriteAnchors(lines);
    }
}
