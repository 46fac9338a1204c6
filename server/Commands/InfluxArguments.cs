using System.CommandLine;
using ColdChain.Hosting.Configuration;
using ColdChain.Server.Configuration;
using ColdChain.Server.Fleet;
using ColdChain.Server.Projections;

namespace ColdChain.Server.Commands;

/// <summary>The options that say where InfluxDB is, for every command that speaks to it.</summary>
internal static class InfluxArguments
{
    public static readonly SettingOptions Options = new SettingOptions()
        .Add("--influx", "influx:address", "InfluxDB's HTTP API, such as http://127.0.0.1:8086; without it, nothing is projected")
        .Add("--influx-database", "influx:database", "The database; for 2.x the bucket; coldchain unless given")
        .Add("--influx-user", "influx:user", "1.x: the user, if it asks for one")
        .Add("--influx-password-file", "influx:passwordFile", "1.x: a file with the user's password")
        .Add("--influx-token-file", "influx:tokenFile", "2.x and 3: a file with the token")
        .Add("--influx-org", "influx:organisation", "2.x: the organisation of the token");

    /// <summary>The options as given; null when there are none.</summary>
    /// <exception cref="ConfigurationException">They have errors: all of them are named.</exception>
    public static InfluxOptions? Read(ParseResult parsed)
    {
        var overrides = new Overrides();
        Options.Apply(parsed, overrides);
        var file = ConfigFile.WithoutFile(overrides);
        var influx = ServerConfig.Influx(file.Root.OptionalSection("influx"));
        string[] errors = [.. file.Errors.Texts, .. influx?.Errors() ?? []];
        return errors.Length == 0 ? influx : throw new ConfigurationException(errors);
    }
}
