using ColdChain.Hosting.Configuration;
using ColdChain.Server.Configuration;
using ColdChain.Server.Tests.Store;
using ColdChain.Tests.Shared;

namespace ColdChain.Server.Tests.Watch;

/// <summary>What is wrong with the configuration of a watcher is told together.</summary>
public sealed class WatchConfigTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public WatchConfigTests() => File.WriteAllText(_folder.File("token"), "a token\n");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void File_Whole_IsRead()
    {
        var options = Read("""
            server: https://coldchain.example
            tokenFile: token
            everySeconds: 30
            emails: [quality@hospital.example]
            smtp: {host: mail.example, from: watch@hospital.example}
            """, out var errors);

        errors.Should().BeEmpty();
        options.Watch.Should().BeEquivalentTo(new
        {
            Server = new Uri("https://coldchain.example/"), Token = "a token", Every = TimeSpan.FromSeconds(30), LateAfter = TimeSpan.FromMinutes(3), RepeatEvery = TimeSpan.FromMinutes(15),
        });
        options.Watch.ToString().Should().NotContain("token");
    }

    [Fact]
    public void Sample_WithEveryKeyInUse_HasNoUnknownKey()
    {
        var sample = File.ReadAllText(Path.Combine(Repository.Root, "server", "watch.yaml"));
        Read(System.Text.RegularExpressions.Regex.Replace(sample, "^#(?=[a-z ])(?! )", "", System.Text.RegularExpressions.RegexOptions.Multiline).Replace("#  ", "  ", StringComparison.Ordinal), out var errors);

        errors.Should().NotBeEmpty("the files that it names are not there").And.OnlyContain(error => error.Contains("there is no file"));
    }

    [Theory]
    [InlineData("server: https://coldchain.example\ntokenFile: token\n", "nobody would be called*")]
    [InlineData("server: https://coldchain.example\ntokenFile: token\nemails: [a@b.example]\n", "emails: there is no way to send mail*")]
    [InlineData("server: https://coldchain.example\ntokenFile: token\ntelephones: ['+212600000000']\n", "telephones: there is no way to reach them*")]
    [InlineData("server: http://coldchain.example\ntokenFile: token\nwebhook: {address: 'https://hook.example', keyFile: token}\n", "*the token would go to http://coldchain.example/ in clear text*")]
    [InlineData("server: https://coldchain.example\nemails: [nobody]\n", "*'tokenFile' is missing*")]
    [InlineData("server: https://coldchain.example\ntokenFile: token\nservers: 2\n", "*'servers' is not a key that is known here*")]
    [InlineData("server: https://coldchain.example\ntokenFile: token\ntelephones: ['+212600000000']\nsms: {address: 'http://10.0.0.1/send'}\n", "sms.address: *clear text*outbound.onPremises*")]
    public void File_Wrong_IsToldWithItsCure(string text, string error)
    {
        Read(text, out var errors);

        errors.Should().ContainMatch(error);
    }

    private WatcherOptions Read(string text, out IReadOnlyList<string> errors)
    {
        var path = _folder.File("watch.yaml");
        File.WriteAllText(path, text);
        var file = ConfigFile.Read(path, new Overrides());
        var options = WatchConfig.Read(file);
        errors = [.. file.Errors.Texts, .. options.Errors()];
        return options;
    }
}
