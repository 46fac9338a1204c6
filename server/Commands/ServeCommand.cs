using System.CommandLine;
using System.Net;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Commands;

/// <summary><c>serve</c>: runs the server until it is told to stop.</summary>
internal static class ServeCommand
{
    private static readonly Option<string> Data = new("--data") { Description = "The folder of everything that is stored", DefaultValueFactory = _ => "data" };
    private static readonly Option<string> FleetFile = new("--fleet") { Description = "The fleet file", DefaultValueFactory = _ => "fleet.yaml" };
    private static readonly Option<string> RulesFolder = new("--rules-folder") { Description = "Where the rule packs lie", DefaultValueFactory = _ => RulePackFolder.Default };
    private static readonly Option<int> Port = new("--port") { Description = "The port of pages and API on 127.0.0.1; 0 takes a free one", DefaultValueFactory = _ => 8080 };
    private static readonly Option<int> MqttPort = new("--mqtt-port") { Description = "The port on which devices connect on 127.0.0.1; 0 takes a free one", DefaultValueFactory = _ => 1883 };

    public static Command Create()
    {
        var command = new Command("serve", "Runs the server. Decision support, not validated.") { Data, FleetFile, RulesFolder, Port, MqttPort };
        InfluxArguments.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        try
        {
            var options = Options(parsed);
            await using var app = await ServerApp.StartAsync(options, TimeProvider.System, logging => logging.AddSimpleConsole().AddFilter("Microsoft.AspNetCore", LogLevel.Warning), cancellation);
            Console.WriteLine($"Pages and API: {app.Address}");
            Console.WriteLine($"MQTT:          {app.MqttAddress}");
            Console.WriteLine($"API token:     in {Path.Combine(options.DataFolder, "api-token")}");
            await app.WaitForShutdownAsync(cancellation);
            return 0;
        }
        catch (Exception error) when (error is ConfigurationException or StoreOpenException or IOException)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return 1;
        }
    }

    private static ServerOptions Options(ParseResult parsed) => new()
    {
        DataFolder = parsed.GetValue(Data)!, // These options have defaults.
        FleetFile = parsed.GetValue(FleetFile)!,
        RulesFolder = parsed.GetValue(RulesFolder)!,
        Http = new IPEndPoint(IPAddress.Loopback, parsed.GetValue(Port)),
        Mqtt = new IPEndPoint(IPAddress.Loopback, parsed.GetValue(MqttPort)),
        Influx = InfluxArguments.Read(parsed),
    };
}
