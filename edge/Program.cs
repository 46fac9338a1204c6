using ColdChain.Edge;
using ColdChain.Edge.Configuration;
using ColdChain.Hosting.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

const int failed = 1;
const int wrongUse = 2;

if (!CommandLine.TryParse(args, out var command, out var error))
{
    Console.Error.WriteLine(error);
    return wrongUse;
}

if (command.Help)
{
    Console.WriteLine(CommandLine.HelpText);
    return 0;
}

EdgeConfig config;
try
{
    config = EdgeConfigFile.Read(
        command.ConfigFile, Overrides.FromEnvironment(Environment.GetEnvironmentVariables(), EdgeConfigFile.VariablePrefix));
}
catch (ConfigException e)
{
    Console.Error.WriteLine(e.Message);
    return wrongUse;
}

// No defaults: there are no other configuration files, and nothing to watch for changes.
var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
builder.Logging.AddSimpleConsole(console =>
{
    (console.SingleLine, console.UseUtcTimestamp, console.TimestampFormat) = (true, true, "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ");
});
builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));
builder.Services.AddSingleton<AgentService>(services => new AgentService(
    config, command.ForgetStore, TimeProvider.System,
    services.GetRequiredService<ILogger<EdgeAgent>>(),
    services.GetRequiredService<IHostApplicationLifetime>()));
builder.Services.AddHostedService(services => services.GetRequiredService<AgentService>());

var host = builder.Build();
var agent = host.Services.GetRequiredService<AgentService>();
await host.RunAsync(); // Disposes the host, too.
return agent.Failed ? failed : 0;
