using System.CommandLine;
using ColdChain.Server.Projections;

namespace ColdChain.Server.Commands;

/// <summary>The options that say where InfluxDB is, for every command that speaks to it.</summary>
internal static class InfluxArguments
{
    private static readonly Option<Uri?> Address = AddressOption.Create("--influx", "InfluxDB's HTTP API, such as http://127.0.0.1:8086; without it, nothing is projected");
    private static readonly Option<string> Database = new("--influx-database") { Description = "The database; for 2.x the bucket", DefaultValueFactory = _ => "coldchain" };
    private static readonly Option<string?> TokenFile = new("--influx-token-file") { Description = "2.x: a file with the token" };
    private static readonly Option<string?> Organisation = new("--influx-org") { Description = "2.x: the organisation of the token" };

    public static void AddTo(Command command)
    {
        foreach (var option in new Option[] { Address, Database, TokenFile, Organisation })
        {
            command.Add(option);
        }
    }

    /// <summary>The options as given; null without an address.</summary>
    public static InfluxOptions? Read(ParseResult parsed) => parsed.GetValue(Address) is not { } address ? null : new InfluxOptions
    {
        Address = address,
        Database = parsed.GetValue(Database)!, // It has a default.
        TokenFile = parsed.GetValue(TokenFile),
        Organisation = parsed.GetValue(Organisation),
    };
}
