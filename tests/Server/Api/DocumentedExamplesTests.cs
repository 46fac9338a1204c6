using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ColdChain.Server.Store;
using ColdChain.Tests.Shared;

namespace ColdChain.Server.Tests.Api;

/// <summary>Every example of docs/api.md is run, in its order, against a server at noon of the scene.</summary>
public sealed class DocumentedExamplesTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "api.md"));

    [Fact]
    public async Task Examples_AnswerAsTheDocumentShows()
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        await using var server = await scene.ServeAsync();
        await Eventually.HoldsAsync(() => Task.FromResult(server.App.Store.Read(IncidentStore.NotClosed).Count == 3));
        using var client = new HttpClient();
        var differences = new List<string>();
        foreach (var example in DocumentedExample.ReadAll(Document))
        {
            var response = await client.SendAsync(example.Request(server));
            var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync());
            string[] found = [.. (int)response.StatusCode == example.Status ? [] : new[] { $"status {(int)response.StatusCode}" }, .. JsonLikeness.Differences(example.Answer, answer)];
            differences.AddRange(found.Select(difference => $"line {example.Line}, {example.Url}: {difference}"));
        }

        differences.Should().BeEmpty();
    }

    [Fact]
    public void Commands_AllHaveTheFormThatIsRun() =>
        DocumentedExample.ReadAll(Document).Count.Should().Be(DocumentedExample.CountCommands(Document)).And.BeGreaterThan(13);

    [Fact]
    public async Task Addresses_AllHaveAnExample()
    {
        await using var scene = await Scene.OpenAsync();
        await using var server = await scene.ServeAsync();
        var shown = DocumentedExample.ReadAll(Document).Select(example => $"{example.Method} {example.Url}").ToList();

        var paths = (await server.GetAsync("/openapi/v1.json"))["paths"]!.AsObject();

        var forms = paths.SelectMany(path => path.Value!.AsObject().Select(operation =>
            $@"^{operation.Key.ToUpperInvariant()} \$SERVER{Regex.Replace(path.Key, @"\{\w+\}", "[^/?]+")}(\?|$)"));
        forms.Where(form => !shown.Any(example => Regex.IsMatch(example, form))).Should().BeEmpty();
    }
}
