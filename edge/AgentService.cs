using System.Text;
using ColdChain.Edge.Configuration;
using ColdChain.Edge.Outbox;
using ColdChain.Edge.Uplink;
using ColdChain.Hosting.Clocks;
using ColdChain.Hosting.Systemd;
using ColdChain.Mqtt.Client;
using ColdChain.Mqtt.Link;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ColdChain.Edge;

/// <summary>Runs the configured agent in the host. When it fails, the host stops, and systemd starts it again.</summary>
internal sealed class AgentService(
    EdgeConfig config, bool forgetStore, TimeProvider time, ILogger<EdgeAgent> logger,
    IHostApplicationLifetime lifetime) : BackgroundService
{
    /// <summary>True when the agent ended by itself.</summary>
    public bool Failed { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await RunAsync(stoppingToken);
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            logger.LogCritical("The agent failed: {Error}", e is OutboxException ? e.Message : e);
            Failed = true;
            lifetime.StopApplication();
        }
    }

    private async Task RunAsync(CancellationToken cancellation)
    {
        var clock = DeviceClock.ThisDevice(time, config.Clock);
        TellClock(clock);
        using var outbox = SqliteOutbox.Open(config.OutboxPath, config.Device, clock, logger);
        if (forgetStore)
        {
            outbox.ForgetStore();
        }

        if (config.Broker.Warning is { } warning)
        {
            logger.LogWarning("{Warning}", warning);
        }

        var jitter = StableSeed(config.Device.Value);
        await using var link = ReconnectingLink.Start(ClientOptions(), ReconnectOptions.Default, Observe, time, new Random(jitter));
        var options = new EdgeAgentOptions
        {
            Device = config.Device,
            Retention = config.Retention,
            NotSupervised = config.NotSupervised,
            SiteAlarm = config.SiteAlarm,
            Uplink = new UplinkOptions { AckTimeout = config.AckTimeout, JitterSeed = jitter },
        };
        var agent = new EdgeAgent(options, [.. config.Sources.Select(make => make(time))], outbox, link, clock, logger);
        var watchdog = ServiceWatchdog.FromEnvironment(
            Environment.GetEnvironmentVariable, HasStored(agent.Progress), time, fault => logger.LogError("{Fault}", fault));
        await RunBothAsync(agent, watchdog, cancellation);
    }

    private void TellClock(DeviceClock clock)
    {
        if (config.Clock is AssumedClock)
        {
            logger.LogWarning(
                "The wall clock is believed whatever it shows ('clock: {{trust: always}}'): after a power cut a device without a battery-backed "
                + "clock dates its readings wrong. Leave this to demonstrations.");
        }
        else if (clock.Now is null)
        {
            logger.LogWarning(
                "The wall clock is not trusted: {Reason}. Readings are kept with the time since the boot, and the server dates them once the "
                + "clock is set; give the device a time server or a clock with a battery.", clock.Explain());
        }
    }

    // An agent that runs and measures nothing is started again.
    private static Func<bool> HasStored(SamplingProgress progress)
    {
        var seen = progress.Count;
        return () => seen != (seen = progress.Count);
    }

    private static async Task RunBothAsync(EdgeAgent agent, ServiceWatchdog? watchdog, CancellationToken cancellation)
    {
        using var agentEnded = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var watching = watchdog?.RunAsync(agentEnded.Token) ?? Task.CompletedTask;
        try
        {
            await agent.RunAsync(cancellation);
        }
        finally
        {
            await agentEnded.CancelAsync();
            await watching;
        }
    }

    private MqttClientOptions ClientOptions() => new()
    {
        Host = config.Broker.Host,
        Port = config.Broker.Port,
        ClientId = config.Device.Value,
        UserName = config.Broker.User,
        Password = config.Broker.Password is { } password ? (ReadOnlyMemory<byte>?)Encoding.UTF8.GetBytes(password) : null,
        Tls = config.Broker.Tls is { } tls ? new MqttClientTls { Roots = tls.Roots, ClientCertificate = tls.Certificate } : null,
    };

    private void Observe(MqttEvent happened)
    {
        var level = happened.Kind is MqttEventKind.Connected or MqttEventKind.Disconnected ? LogLevel.Information : LogLevel.Warning;
        logger.Log(level, "{Kind}: {Text}", happened.Kind, happened.Text);
    }

    // string.GetHashCode differs from run to run, and all devices of a site may start in the same second: the name must decide.
    private static int StableSeed(string text) =>
        text.Aggregate(17, (hash, character) => unchecked((hash * 31) + character) & int.MaxValue - 1);
}
