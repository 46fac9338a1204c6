using System.CommandLine;
using ColdChain.Hosting.Configuration;
using ColdChain.Mqtt.Link;
using ColdChain.Server.Configuration;
using ColdChain.Server.Fleet;
using ColdChain.Server.People;
using ColdChain.Server.Store;

namespace ColdChain.Server.Commands;

/// <summary><c>serve</c>: runs the server until it is told to stop.</summary>
internal static class ServeCommand
{
    private const int Stopped = 0;
    private const int Failed = 1;
    private const int WrongUse = 2;

    private static readonly Option<string?> Config = new("--config") { Description = "The configuration, such as server.yaml; the environment (COLDCHAIN_…) wins over it, and these options over both" };
    private static readonly SettingOptions Settings = new SettingOptions()
        .Add("--data", "data", "The folder of everything that is stored; data unless given")
        .Add("--fleet", "fleet", "The fleet file; fleet.yaml unless given")
        .Add("--rules-folder", "rules", "Where the rule packs lie; those that come with the server unless given")
        .Add("--port", "http:listen", "The port of pages and API on 127.0.0.1; 0 takes a free one; 8080 unless given", OnLoopback)
        .Add("--mqtt-port", "mqtt:listen", "The port on which devices connect on 127.0.0.1; 0 takes a free one; 1883 unless given", OnLoopback);

    public static Command Create()
    {
        var command = new Command("serve", "Runs the server. Decision support, not validated.") { Config };
        Settings.AddTo(command);
        InfluxArguments.Options.AddTo(command);
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
            Console.WriteLine(app.Broker is { } broker ? $"Broker:        {broker.Address}" : $"MQTT:          {app.MqttAddress}");
            Console.WriteLine($"API token:     in {Path.Combine(options.DataFolder, "api-token")}");
            if (app.FirstPassword is { } oneTime)
            {
                Console.WriteLine($"First sign-in: {Accounts.FirstName} with the one-time password {oneTime}");
            }

            await app.WaitForShutdownAsync(cancellation);
            return Stopped;
        }
        catch (ConfigurationException error)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return WrongUse;
        }
        catch (Exception error) when (error is StoreOpenException or MqttLinkException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return Failed;
        }
    }

    // What is wrong in the files that the options name is told together with what is wrong in the options.
    private static ServerOptions Options(ParseResult parsed)
    {
        var overrides = ServerConfig.FromEnvironment(Environment.GetEnvironmentVariables());
        Settings.Apply(parsed, overrides);
        InfluxArguments.Options.Apply(parsed, overrides);
        var file = parsed.GetValue(Config) is { } path ? ConfigFile.Read(path, overrides) : ConfigFile.WithoutFile(overrides);
        var options = ServerConfig.Read(file);
        return file.Errors.Texts is { Count: 0 }
            ? options
            : throw new ConfigurationException([.. file.Errors.Texts, .. StartChecks.Errors(options)]);
    }

    private static string OnLoopback(string port) => $"127.0.0.1:{port}";
}
