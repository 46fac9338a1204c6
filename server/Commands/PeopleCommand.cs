using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using ColdChain.Server.Api;
using ColdChain.Server.Fleet;
using ColdChain.Server.People;
using ColdChain.Server.Store;

namespace ColdChain.Server.Commands;

/// <summary>
/// <c>people export</c> tells all that is stored about one person, also while the server runs; <c>people reset</c> lets an administrator in again
/// who has lost his password, while it is stopped.
/// </summary>
internal static class PeopleCommand
{
    private const int Done = 0;
    private const int Failed = 1;

    // Names stay readable, and the instants are those of the API.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Argument<string> Name = new("name") { Description = "The account's name" };
    private static readonly Option<string> Data = DataFolder.Option();

    public static Command Create(TimeProvider clock)
    {
        var export = new Command("export", "Writes all that is stored about one person, and what the person did, as JSON; no secret is among it.") { Name, Data };
        export.SetAction((parsed, _) => ReportAsync(parsed, () => ExportAsync(parsed)));
        var reset = new Command("reset", "Gives an account a one-time password, enables it, and shows the password once. The server must be stopped.") { Name, Data };
        reset.SetAction((parsed, cancellation) => ReportAsync(parsed, () => ResetAsync(parsed, clock, cancellation)));
        return new Command("people", "The people of the server.") { export, reset };
    }

    private static async Task<int> ReportAsync(ParseResult parsed, Func<Task> run)
    {
        try
        {
            await run();
            return Done;
        }
        catch (Exception error) when (error is ConfigurationException or StoreOpenException or StoreWriteException)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync(error.Message);
            return Failed;
        }
    }

    private static Task ExportAsync(ParseResult parsed)
    {
        var name = parsed.GetValue(Name)!; // It is required.
        var text = StoreFile.Read(DataFolder.StoreOf(parsed.GetValue(Data)!), session => StaffRecord.Of(session, name) is { } person ? JsonSerializer.Serialize(Shown(person), Json) : throw Unknown(name));
        return parsed.InvocationConfiguration.Output.WriteLineAsync(text);
    }

    private static async Task ResetAsync(ParseResult parsed, TimeProvider clock, CancellationToken cancellation)
    {
        var (name, by) = (parsed.GetValue(Name)!, new Actor("operator:people-reset")); // It is required.
        await using var store = DataFolder.OpenStore(parsed.GetValue(Data)!, clock); // It has a default.
        var accounts = new Accounts(store, clock);
        var answer = await accounts.ResetAsync(name, by, cancellation);
        if (answer.Secret is not { } oneTime)
        {
            throw Unknown(name);
        }

        await accounts.EnableAsync(name, by, cancellation);
        await parsed.InvocationConfiguration.Output.WriteLineAsync(oneTime);
    }

    private static object Shown(StaffRecord person) => new
    {
        person.Name,
        person.Display,
        person.Language,
        CreatedAt = person.CreatedAt.ToString(),
        DisabledAt = person.DisabledAt?.ToString(),
        person.HasSecondFactor,
        person.Grants,
        person.Contact,
        person.OnCall,
        Sessions = person.Sessions.Select(session => new { StartedAt = session.StartedAt.ToString(), SeenAt = session.SeenAt.ToString() }),
        Did = person.Did.Select(EventResponse.Of),
        About = person.About.Select(EventResponse.Of),
    };

    private static ConfigurationException Unknown(string name) => new([$"There is no account '{name}'. Write the name of one that the page /people lists."]);
}
