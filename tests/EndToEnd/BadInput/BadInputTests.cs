namespace ColdChain.EndToEnd.Tests.BadInput;

/// <summary>
/// Whatever goes wrong outside, told in one table: a person reads what is wrong, why, and what to do; nothing that was stored before is
/// different; and the next good input works. Each row has a running server with an excursion, holds and contents in its store.
/// </summary>
public sealed class BadInputTests
{
    // The table that was asked for; more rows are welcome, none of these may go.
    private static readonly string[] AskedFor =
    [
        "unknown device", "wrong topic", "bad JSON", "NaN", "1e308", "85.000 power-on", "empty sysfs file", "1970", "year 2100", "reused seq", "10 MB payload",
        "duplicate pack", "reordered packs", "half a pack", "bad fleet file", "bad CSV row",
    ];

    private static readonly IReadOnlyDictionary<string, BadInputRow> Rows =
        new[] { MqttRows.All, RepeatedRows.All, HttpRows.All, FileRows.All, SensorRows.All }.SelectMany(rows => rows).ToDictionary(row => row.Name);

    public static TheoryData<string> Names => [.. Rows.Keys];

    [Fact]
    public void Table_HasEveryRowThatWasAskedFor() => Rows.Keys.Should().Contain(AskedFor);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Input_Bad_IsToldInWords_ChangesNothingStored_AndTheNextGoodOneWorks(string name)
    {
        var row = Rows[name];
        await using var scene = await BadInputScene.OpenAsync();
        var before = StoredRows.Of(scene.RecordFile);
        before.Count.Should().BeGreaterThan(20, "an empty store would show nothing");

        var told = await row.Give(scene);

        told.Should().ContainAll(row.Thing, row.Reason, row.Cure);
        told.Where(char.IsControl).Should().BeEmpty("it stands in logs and on pages");
        await scene.SettledAsync();
        before.HashNow().Should().Be(before.Hash);

        if (row.Next is { } next)
        {
            await next(scene);
        }

        await scene.GoodReadingIsStoredAndJudgedAsync();
        before.HashNow().Should().Be(before.Hash);
    }
}
