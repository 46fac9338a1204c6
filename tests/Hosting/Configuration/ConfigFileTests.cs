using System.Collections;
using System.Net;
using ColdChain.Hosting.Configuration;

namespace ColdChain.Hosting.Tests.Configuration;

public sealed class ConfigFileTests : IDisposable
{
    private static readonly IPEndPoint Fallback = new(IPAddress.Loopback, 8080);

    private readonly TempFolder _folder = new();

    [Fact]
    public void Value_GivenThreeTimes_IsTheCommandLinesThenTheEnvironmentsThenTheFiles()
    {
        var overrides = Environment(("T_A__COMMAND", "environment"), ("t_a__environment", "environment"));
        overrides.Set("a:command", "command", "--command");

        var section = Read("a: {command: file, environment: file, file: file}", overrides).Root.Section("a");

        section.OptionalText("command").Should().Be("command");
        section.OptionalText("environment").Should().Be("environment");
        section.OptionalText("file").Should().Be("file");
    }

    [Fact]
    public void Section_ThatOnlyTheEnvironmentHas_IsThere()
    {
        var file = Read("other: 1", Environment(("T_A__B__C", "value")));

        file.Root.Section("a").Section("b").Text("c", "write it").Should().Be("value");
        file.Root.OptionalSection("z").Should().BeNull();
    }

    [Fact]
    public void EntryOfAList_CanComeFromTheEnvironment()
    {
        var entries = Read("list: [{name: first}, {name: second}]", Environment(("T_LIST__1__NAME", "changed"))).Root.Sections("list");

        entries.Select(entry => entry.OptionalText("name")).Should().Equal("first", "changed");
    }

    [Theory]
    [InlineData("\\0")]
    [InlineData("\\n")]
    [InlineData("\\x1b")]
    public void Text_WithAControlCharacter_IsAnError(string character)
    {
        var file = Read($"path: \"a{character}b\"\nlist: [\"a{character}b\"]\nport: \"8{character}0\"\n", Environment());

        file.Root.OptionalPath("path").Should().BeNull();
        file.Root.OptionalTexts("list").Should().BeNull();
        file.Root.Whole("port", 80, 1, 65535).Should().Be(80);

        file.Errors.Texts.Should().HaveCount(3).And.OnlyContain(text => text.StartsWith(_folder.File("c.yaml")) && !text.Any(char.IsControl));
    }

    [Fact]
    public void Errors_WithoutEnd_AreToldUpToAHundredAndCounted()
    {
        var file = Read(string.Concat(Enumerable.Range(0, 150).Select(number => $"{new string('x', 300)}{number}: 1\n")), Environment());
        file.RejectUnknownKeys();

        file.Errors.Texts.Should().HaveCount(ConfigErrors.ToldMax + 1).And.OnlyContain(text => text.Length < 600);
        file.Errors.Texts[^1].Should().Be("There are 50 more errors; correct these first");
    }

    [Fact]
    public void Errors_OfAllPlaces_NameTheirPlace()
    {
        var overrides = Environment(("T_NUMBER", "many"), ("T_NUMBRE", "1"), ("T_OTHER__NAME", "x"), ("HOME", "/"));
        overrides.Set("flag", "perhaps", "--flag");
        var file = Read("unknown: 1\nport: 99999\n", overrides);

        file.Root.Whole("port", 80, 1, 65535);
        file.Root.Whole("number", 1, 0, 9);
        file.Root.Flag("flag", fallback: false);
        file.RejectUnknownKeys();

        var place = _folder.File("c.yaml");
        file.Errors.Texts.Should().BeEquivalentTo(
            $"{place}, line 1: 'unknown' is not a key that is known here; use flag, number, port, or remove it",
            $"{place}, line 2: 'port: 99999' is not a number from 1 to 65535; write for example 80",
            "T_NUMBER: 'number: many' is not a number from 0 to 9; write for example 1",
            "--flag: 'flag: perhaps' is neither true nor false; write true or false",
            "T_NUMBRE: there is no key 'NUMBRE' that it could replace; correct the name, or remove it");
        file.Errors.Texts[0].Should().Contain("line 1");
        file.Errors.Texts[1].Should().Contain("line 2");
    }

    [Fact]
    public void File_ThatIsMissing_IsTheOneErrorBesideThoseOfTheEnvironment()
    {
        var file = ConfigFile.Read(_folder.File("none.yaml"), Environment(("T_PORT", "x")));

        file.Root.Text("host", "write it");
        file.Root.Section("broker").Text("host", "write it");
        file.Root.Sections("probes").Should().BeEmpty();
        file.Root.Whole("port", 1, 1, 2);

        file.Errors.Texts.Should().HaveCount(2);
        file.Errors.Texts.Should().ContainSingle(text => text.Contains("none.yaml") && text.Contains("--config FILE"));
        file.Errors.Texts.Should().ContainSingle(text => text.StartsWith("T_PORT:", StringComparison.Ordinal));
    }

    [Fact]
    public void Path_StartsAtTheFolderOfTheFileThatSaysIt()
    {
        var root = Read("inFile: a/b\n", Environment(("T_INENVIRONMENT", "a/b"))).Root;

        root.OptionalPath("inFile").Should().Be(_folder.File("a/b"));
        root.OptionalPath("inEnvironment").Should().Be(Path.GetFullPath("a/b"));
        root.PathOr("nowhere", "c").Should().Be(_folder.File("c"));
    }

    [Theory]
    [InlineData("127.0.0.1:0", true)]
    [InlineData("0.0.0.0:8080", true)]
    [InlineData("[::1]:8080", true)]
    [InlineData("8080", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("localhost:8080", false)]
    [InlineData("127.0.0.1:70000", false)]
    public void Address_IsAnAddressAndAPort(string text, bool isGood)
    {
        var file = Read($"listen: '{text}'", new Overrides());

        var address = file.Root.Address("listen", Fallback);

        (file.Errors.Texts.Count == 0).Should().Be(isGood);
        address.ToString().Should().Be(isGood ? text : Fallback.ToString());
    }

    [Theory]
    [InlineData("hosts: [a, b]", null)]
    [InlineData("hosts: [x, y, z]", "a; b")]
    public void Texts_AreAListOrOneTextWithSemicolons(string yaml, string? variable)
    {
        var overrides = variable is null ? new Overrides() : Environment(("T_HOSTS", variable));

        Read(yaml, overrides).Root.OptionalTexts("hosts").Should().Equal("a", "b");
    }

    [Fact]
    public void Secret_IsTheFilesOneLine_AndAnEmptyFileIsAnError()
    {
        _folder.Write("good", "s3cret\n");
        _folder.Write("empty", "\n");
        var file = Read("good: good\nempty: empty\nmissing: nowhere\n", new Overrides());

        file.Root.OptionalSecret("good").Should().Be("s3cret");
        file.Root.OptionalSecret("empty").Should().BeNull();
        file.Root.OptionalSecret("missing").Should().BeNull();

        file.Errors.Texts.Select(text => text[(text.IndexOf("line", StringComparison.Ordinal))..].Split(';')[0]).Should().Equal(
            $"line 2: {_folder.File("empty")} is empty", $"line 3: there is no file {_folder.File("nowhere")}");
    }

    public void Dispose() => _folder.Dispose();

    private ConfigFile Read(string yaml, Overrides overrides) => ConfigFile.Read(_folder.Write("c.yaml", yaml), overrides);

    // T_OTHER_ stands for the variables of another program.
    private static Overrides Environment(params (string Name, string Value)[] variables)
    {
        var table = new Hashtable();
        foreach (var (name, value) in variables)
        {
            table.Add(name, value);
        }

        return Overrides.FromEnvironment(table, "T_", "T_OTHER_");
    }
}
