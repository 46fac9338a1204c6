using System.Text.Json.Nodes;
using ColdChain.Core.Wire;
using ColdChain.Server.Projections;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;
using ColdChain.Server.Tests.Ingest;
using ColdChain.Server.Tests.Store;
using ColdChain.Tests.Shared;

namespace ColdChain.Server.Tests.Projections;

/// <summary>The dashboard that Grafana gets: its form, and each of its queries against what the product writes. Grafana itself is not in Debian.</summary>
public sealed class GrafanaTests
{
    private static readonly JsonNode Dashboard = JsonNode.Parse(Text("dashboards/temperatures.json"))!;

    [Fact]
    public void Dashboard_ReadsFromTheProvisionedSource()
    {
        var uid = Line(Text("provisioning/datasources/influxdb.yaml"), "uid:");

        Panels().Should().HaveCountGreaterThan(4).And.OnlyContain(panel => panel["datasource"]!["uid"]!.GetValue<string>() == uid);
        Variables().Should().OnlyContain(variable => variable["datasource"]!["uid"]!.GetValue<string>() == uid);
        Dashboard["panels"]!.AsArray().Select(panel => panel!["id"]!.GetValue<int>()).Should().OnlyHaveUniqueItems();
        Dashboard["uid"]!.GetValue<string>().Should().NotBeEmpty("a link to it must not change with each start");
    }

    [Fact]
    public void Source_IsReadByAUserWhoMayOnlyRead_WithAPasswordFromAFile()
    {
        var source = Text("provisioning/datasources/influxdb.yaml");

        Line(source, "user:").Should().Be("grafana");
        Line(source, "password:").Should().Be("$__file{/run/secrets/influx-grafana}");
        Line(source, "dbName:").Should().Be("coldchain");
        File.ReadAllText(Path.Combine(Repository.Root, "deploy", "influxdb", "users.sh")).Should().Contain("GRANT READ ON $database TO \"grafana\"");
    }

    [Fact]
    public void Dashboard_SaysThatItIsNoGroundForADecision() =>
        Dashboard["panels"]![0]!["options"]!["content"]!.GetValue<string>().Should().Contain("no ground for a decision").And.Contain("aucune décision");

    [Fact]
    [Trait("Needs", "influxdb")]
    public async Task Query_OfEachPanel_FindsWhatTheProductWrote()
    {
        await using var open = new OpenStore();
        await using var influx = await InfluxServer.StartedAsync();
        using var client = new InfluxClient(influx.Options);
        using var projection = new InfluxProjection(open.Store, client, new FixedClock(Some.Start));
        await StoreAsync(open, Some.Pack(1, 60));
        await StoreAsync(open, Some.PackOf(Some.Reading(61) with { Value = null, Fault = "power-on" }));
        while (await projection.WriteNextAsync(CancellationToken.None))
        {
        }

        foreach (var query in Panels().SelectMany(panel => panel["targets"]!.AsArray()).Select(target => target!).Concat(Variables()).Select(asked => asked["query"]!.GetValue<string>()))
        {
            var answer = await influx.QueryAsync(AsGrafanaSendsIt(query));

            answer["error"].Should().BeNull(query);
            answer["series"]?.AsArray().SelectMany(series => series!["values"]!.AsArray()).Should().NotBeNullOrEmpty(query);
        }
    }

    private static string AsGrafanaSendsIt(string query) => query
        .Replace("$timeFilter", $"time >= {Some.Start.Milliseconds}ms and time <= {(Some.Start + TimeSpan.FromHours(2)).Milliseconds}ms", StringComparison.Ordinal)
        .Replace("$__interval", "1m", StringComparison.Ordinal)
        .Replace("$device", ".*", StringComparison.Ordinal)
        .Replace("$probe", ".*", StringComparison.Ordinal);

    private static Task StoreAsync(OpenStore open, Pack pack) => open.Write(transaction => PackStore.Insert(transaction, Some.PackRow(pack)));

    private static IEnumerable<JsonNode> Panels() => Dashboard["panels"]!.AsArray().Select(panel => panel!).Where(panel => panel["type"]!.GetValue<string>() != "text");

    private static IEnumerable<JsonNode> Variables() => Dashboard["templating"]!["list"]!.AsArray().Select(variable => variable!);

    private static string Text(string file) => File.ReadAllText(Path.Combine(Repository.Root, "deploy", "grafana", file));

    private static string Line(string yaml, string key) =>
        yaml.Split('\n').Select(line => line.Trim()).Single(line => line.StartsWith(key, StringComparison.Ordinal) || line.StartsWith($"- {key}", StringComparison.Ordinal)).Split(key)[1].Trim();
}
