using ColdChain.Tidy.Tests.Rules;

namespace ColdChain.Tidy.Tests.SelfTests;

public sealed class ImportLawTests
{
    // One type per place, for the samples to import.
    private static readonly (string, string)[] World =
    [
        ("core/Readings/Reading.cs", "namespace ColdChain.Core.Readings; public record Reading;"),
        ("mqtt/Link/Link.cs", "namespace ColdChain.Mqtt.Link; public class Link;"),
        ("edge/Outbox/Outbox.cs", "namespace ColdChain.Edge.Outbox; public class Rows;"),
        ("server/Store/EventLog.cs", "namespace ColdChain.Server.Store; public class EventLog;"),
        ("server/Fleet/Roster.cs", "namespace ColdChain.Server.Fleet; public class Roster;"),
        ("server/Alerts/Ladder.cs", "namespace ColdChain.Server.Alerts; public class Ladder { public static Ladder Make() => new(); }"),
        ("server/Options.cs", "namespace ColdChain.Server; public class Options { public static Alerts.Ladder Ladder() => new(); }"),
    ];

    [Theory]
    [InlineData("core/Wire/A.cs", "using ColdChain.Mqtt.Link;\nnamespace ColdChain.Core.Wire;")]
    [InlineData("mqtt/Client/A.cs", "using ColdChain.Core.Readings;\nnamespace ColdChain.Mqtt.Client;")]
    [InlineData("edge/Uplink/A.cs", "using ColdChain.Server.Store;\nnamespace ColdChain.Edge.Uplink;")]
    [InlineData("server/Ingest/A.cs", "using ColdChain.Edge.Outbox;\nnamespace ColdChain.Server.Ingest;")]
    [InlineData("server/Ingest/A.cs", "using ColdChain.Server.Alerts;\nnamespace ColdChain.Server.Ingest;")]
    [InlineData("server/Ingest/A.cs", "using X = ColdChain.Server.Alerts.Ladder;\nnamespace ColdChain.Server.Ingest;")]
    [InlineData("server/Ingest/A.cs", "class A { global::ColdChain.Server.Alerts.Ladder? L; }\nnamespace ColdChain.Server.Ingest;")]
    [InlineData("server/Ingest/Deep/A.cs", "using static ColdChain.Server.Alerts.Ladder;\nnamespace ColdChain.Server.Ingest.Deep;")]
    [InlineData("server/Store/A.cs", "using ColdChain.Server.Fleet;\nnamespace ColdChain.Server.Store;")]
    [InlineData("server/Ingest/A.cs", "using X = ColdChain.Server.Options;\nnamespace ColdChain.Server.Ingest;")]
    [InlineData("server/GlobalUsings.cs", "global using ColdChain.Server.Alerts;")]
    [InlineData("server/Extras/A.cs", "namespace ColdChain.Server.Extras;")]
    public void ForbiddenImport_IsFoundAtItsLine(string path, string text) =>
        Judge(path, text).Should().Equal($"{path}:1");

    [Theory]
    [InlineData("class A { Alerts.Ladder? L; }")]
    [InlineData("class A { object L() => Alerts.Ladder.Make(); }")]
    [InlineData("class A { void L() { var page = ColdChain.Server.Options.Ladder(); } }")]
    [InlineData("class A { System.Collections.Generic.List<Server.Alerts.Ladder[]> L = []; }")]
    public void ForbiddenNameWithoutUsing_IsFound(string type) =>
        Judge("server/Ingest/A.cs", $"namespace ColdChain.Server.Ingest;\n{type}").Should().Contain("server/Ingest/A.cs:2");

    [Theory]
    [InlineData("edge/Uplink/A.cs", "using ColdChain.Core.Readings;\nusing ColdChain.Mqtt.Link;\nnamespace ColdChain.Edge.Uplink;")]
    [InlineData("server/Ingest/A.cs", "using ColdChain.Server.Store;\nusing ColdChain.Server.Fleet;\nnamespace ColdChain.Server.Ingest;")]
    [InlineData("server/Fleet/A.cs", "using ColdChain.Server.Store;\nnamespace ColdChain.Server.Fleet;")]
    [InlineData("server/Api/A.cs", "using ColdChain.Server.Alerts;\nnamespace ColdChain.Server.Api;")]
    [InlineData("server/Alerts/Deep/A.cs", "namespace ColdChain.Server.Alerts.Deep; class A { Ladder? L; }")]
    [InlineData("tests/Server/A.cs", "using ColdChain.Server.Alerts;\nusing ColdChain.Edge.Outbox;\nnamespace ColdChain.Server.Tests;")]
    [InlineData("server/Ingest/A.cs", "namespace ColdChain.Server.Ingest; class A { int Alerts; int B() => Alerts.GetHashCode(); }")]
    public void AllowedImport_IsNotFound(string path, string text) => Judge(path, text).Should().BeEmpty();

    private static IReadOnlyList<string> Judge(string path, string text) => Sample.Places(new ImportLaw(), [.. World, (path, text)]);
}
