using System.CommandLine;
using ColdChain.Server.Projections;

namespace ColdChain.Server.Commands;

/// <summary>The options that say where InfluxDB is, for every command that speaks to it.</summary>
internal static class InfluxArguments
{
    private static readonly Option<Uri?> Address = AddressOption.Create("--influx", "InfluxDB's HTTP API, such as http://127.0.0.1:8086; without it, nothing is projected");
    private static readonly Option<string> Database = new("--influx-database") { Description = "The database; for 2.x the bucket", DefaultValueFactory = _ => "coldchain" };
    private static readonly Option<string?> User = new("--influx-user") { Description = "1.x: the user, if it asks for one" };
    private static readonly Option<string?> PasswordFile = new("--influx-password-file") { Description = "1.x: a file with the user's password" };
    private static readonly Option<string?> TokenFile = new("--influx-token-file") { Description = "2.x and 3: a file with the token" };
    private static readonly Option<string?> Organisation = new("--influx-org") { Description = "2.x: the organisation of the token" };

    public static void AddTo(Command command)
    {
        foreach (var option in new Option[] { Address, Database, User, PasswordFile, TokenFile, Organisation })
        {
            command.Add(option);
        }
    }

    /// <summary>The options as given; null without an address.</summary>
    public static InfluxOptions? Read(ParseResult parsed) => parsed.GetValue(Address) is not { } address ? null : new InfluxOptions
    {
        Address = address,
        Database = parsed.GetValue(Database)!, // It has a default.
        User = parsed.GetValue(User),
        PasswordFile = parsed.GetValue(PasswordFile),
        TokenFile = parsed.GetValue(TokenFile),
        Organisation = parsed.GetValue(Organisation),
    };
}
