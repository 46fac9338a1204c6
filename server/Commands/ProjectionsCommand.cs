using System.CommandLine;
using System.Text.Json;
using ColdChain.Server.Api;
using ColdChain.Server.Fleet;
using ColdChain.Server.Projections;
using ColdChain.Server.Store;

namespace ColdChain.Server.Commands;

/// <summary><c>projections rebuild influx</c> and <c>projections compare influx</c>: while the server is stopped, or through it with <c>--server</c>.</summary>
internal static class ProjectionsCommand
{
    private const int Equal = 0;
    private const int Failed = 1;
    private const int Different = 2;

    private static readonly Option<string> Data = DataFolder.Option();
    private static readonly Option<Uri?> Server = AddressOption.Create("--server", "Ask the server that runs at this address, such as http://127.0.0.1:8080");
    private static readonly Option<int> Days = new("--days") { Description = "How many days, today (UTC) included", DefaultValueFactory = _ => InfluxEndpoints.UsualDays };

    public static Command Create()
    {
        var rebuild = new Command("rebuild", "Has every reading written again, from the first one.") { Which(), Data, Server };
        rebuild.SetAction((parsed, cancellation) => ReportAsync(parsed, RebuildAsync, cancellation));
        var compare = new Command("compare", "Counts temperatures per device and day on both sides; the exit code is 2 when they differ.") { Which(), Data, Server, Days };
        compare.SetAction((parsed, cancellation) => ReportAsync(parsed, CompareAsync, cancellation));
        InfluxArguments.Options.AddTo(compare);
        return new Command("projections", "What is derived from the record store and can be made anew.") { rebuild, compare };
    }

    private static Argument<string> Which()
    {
        var which = new Argument<string>("projection") { Description = "influx" };
        return which.AcceptOnlyFromAmong("influx");
    }

    private static async Task<int> ReportAsync(ParseResult parsed, Func<ParseResult, CancellationToken, Task<int>> run, CancellationToken cancellation)
    {
        try
        {
            return await run(parsed, cancellation);
        }
        catch (StoreOpenException error)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync($"{error.Message} While the server runs, ask it: --server http://127.0.0.1:8080.");
        }
        catch (Exception error) when (error is ConfigurationException or InfluxException or StoreWriteException)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync(error.Message);
        }

        return Failed;
    }

    private static async Task<int> RebuildAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (parsed.GetValue(Server) is { } server)
        {
            await RunningServer.PostAsync(server, parsed.GetValue(Data)!, "api/v1/projections/influx/rebuild", cancellation); // --data has a default.
        }
        else
        {
            await using var store = OpenStore(parsed);
            await InfluxProjection.RestartAsync(store, cancellation);
        }

        await parsed.InvocationConfiguration.Output.WriteLineAsync("The server writes every reading again, from the first one. GET /health tells how far it is.");
        return Equal;
    }

    private static async Task<int> CompareAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var differences = parsed.GetValue(Server) is { } server
            ? JsonSerializer.Deserialize<DifferenceResponse[]>(
                await RunningServer.PostAsync(server, parsed.GetValue(Data)!, $"api/v1/projections/influx/compare?days={parsed.GetValue(Days)}", cancellation),
                JsonSerializerOptions.Web)! // The server never answers null.
            : await CompareHereAsync(parsed, cancellation);
        var output = parsed.InvocationConfiguration.Output;
        foreach (var difference in differences)
        {
            await output.WriteLineAsync($"{difference.Day[..10]} {difference.Device}: {difference.Stored} stored, {difference.Projected} in InfluxDB");
        }

        await output.WriteLineAsync(differences.Length == 0 ? "No difference." : $"{differences.Length} differences. projections rebuild influx writes everything again.");
        return differences.Length == 0 ? Equal : Different;
    }

    private static async Task<DifferenceResponse[]> CompareHereAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var options = InfluxArguments.Read(parsed)
            ?? throw new ConfigurationException(["There is nothing to compare with. Say where InfluxDB is: --influx http://127.0.0.1:8086."]);
        if (parsed.GetValue(Days) is not (>= 1 and <= InfluxEndpoints.DaysMax))
        {
            throw new ConfigurationException([$"--days must be 1 to {InfluxEndpoints.DaysMax}."]);
        }

        await using var store = OpenStore(parsed);
        using var client = new InfluxClient(options);
        using var projection = new InfluxProjection(store, client, TimeProvider.System);
        var comparison = new InfluxComparison(store, new InfluxQueries(client), projection, TimeProvider.System);
        return [.. (await comparison.CompareAsync(parsed.GetValue(Days), rests: 0, cancellation)).Select(DifferenceResponse.Of)];
    }

    private static RecordStore OpenStore(ParseResult parsed) => DataFolder.OpenStore(parsed.GetValue(Data)!, TimeProvider.System); // It has a default.
}
