using System.Text.Json;
using System.Text.RegularExpressions;

namespace ColdChain.EndToEnd.Tests.Compose;

/// <summary>What can be said of the Dockerfiles without a Docker engine.</summary>
public sealed partial class DockerfileTests
{
    private static readonly string[] Ours = ["server/Dockerfile", "edge/Dockerfile"];

    public static TheoryData<string> Files => [.. Ours, "deploy/Dockerfile"];

    [Theory]
    [MemberData(nameof(Files))]
    public void Image_IsMadeFromPinnedOnes_AndRunsAsAnOrdinaryUser(string file)
    {
        var lines = Lines(file);

        lines.Where(line => line.StartsWith("FROM ", StringComparison.Ordinal)).Should().NotBeEmpty().And.OnlyContain(line => Pinned().IsMatch(line));
        var last = lines.Skip(lines.FindLastIndex(line => line.StartsWith("FROM ", StringComparison.Ordinal))).ToList();
        last.Should().ContainSingle(line => line.StartsWith("USER ", StringComparison.Ordinal)).Which.Should().MatchRegex("^USER (1000|\\$APP_UID)$");
        last.FindIndex(line => line.StartsWith("USER ", StringComparison.Ordinal)).Should().BeLessThan(last.FindIndex(line => line.StartsWith("ENTRYPOINT ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("server/Dockerfile", "server")]
    [InlineData("edge/Dockerfile", "edge-1")]
    public void HealthCheck_IsThatOfTheService(string file, string service)
    {
        var text = string.Join('\n', Lines(file));
        var command = JsonSerializer.Deserialize<string[]>(HealthCommand().Match(text).Groups[1].Value)!;

        command[^1].Should().Be(ComposeFile.Service(service).HealthCheck![^1]);
        ComposeFile.Service(service).Dockerfile.Should().Be(file);
    }

    [Theory]
    [InlineData("server/Dockerfile", "ColdChain.Server.dll")]
    [InlineData("edge/Dockerfile", "ColdChain.Edge.dll")]
    public void Program_IsTheOneThatIsBuilt(string file, string assembly)
    {
        Lines(file).Should().ContainSingle(line => line.StartsWith("ENTRYPOINT ", StringComparison.Ordinal)).Which.Should().Contain($"/program/{assembly}");
        File.Exists(Path.Combine(AppContext.BaseDirectory, assembly)).Should().BeTrue();
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Copies_AreOfWhatTheContextHolds(string file)
    {
        var allowed = File.ReadAllLines(Path.Combine(Repository.Root, ".dockerignore")).Where(line => line.StartsWith('!')).Select(line => line[1..]).ToList();
        allowed.Should().OnlyContain(path => Path.Exists(Path.Combine(Repository.Root, path)));
        var sources = Lines(file).Where(line => line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from", StringComparison.Ordinal))
            .SelectMany(line => line.Split(' ')[1..^1]).Where(source => source != ".");

        sources.Where(source => !allowed.Exists(path => source == path || source.StartsWith(path + "/", StringComparison.Ordinal))).Should().BeEmpty();
    }

    /// <summary>A container builds from a copy without .git, tests and documents: everything that a project refers to must be in it.</summary>
    [Fact]
    public void Context_HoldsEveryProjectAndNoSecret()
    {
        var ignore = File.ReadAllLines(Path.Combine(Repository.Root, ".dockerignore"));

        ignore[1..].Should().StartWith("**");
        ignore.Should().Contain(["!core", "!mqtt", "!hosting", "!edge", "!server", "!storage-rules", "!Directory.Build.props", "!Directory.Packages.props", "!global.json"]);
        ignore.Should().NotContain(line => line.StartsWith("!deploy/secrets", StringComparison.Ordinal) || line.StartsWith("!deploy/state", StringComparison.Ordinal) || line == "!deploy");
    }

    private static List<string> Lines(string file) =>
        [.. File.ReadAllText(Path.Combine(Repository.Root, file)).Replace("\\\n", "", StringComparison.Ordinal).Split('\n').Where(line => line.Length > 0 && line[0] != '#')];

    [GeneratedRegex(@"^FROM [a-z0-9./-]+:\d+\.\d+(\.\d+)?(-[a-z-]+)?( AS [a-z]+)?$")]
    private static partial Regex Pinned();

    [GeneratedRegex(@"^HEALTHCHECK .*CMD (\[.*\])$", RegexOptions.Multiline)]
    private static partial Regex HealthCommand();
}
