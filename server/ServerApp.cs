using System.Net;
using ColdChain.Core.Rules;
using ColdChain.Hosting.Systemd;
using ColdChain.Mqtt.Endpoint;
using ColdChain.Server.Api;
using ColdChain.Server.Dashboard;
using ColdChain.Server.Excursions;
using ColdChain.Server.Fleet;
using ColdChain.Server.Identity;
using ColdChain.Server.Ingest;
using ColdChain.Server.Projections;
using ColdChain.Server.Store;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace ColdChain.Server;

/// <summary>A running server: store, links to devices, ingest, evaluator, API and pages in one process.</summary>
internal sealed class ServerApp : IAsyncDisposable
{
    /// <summary>
    /// The longest time for pages and API to answer what they were asked, and for the services that the host runs to end. Clients that do
    /// not read are cut off then.
    /// </summary>
    public static readonly TimeSpan ServicesStopAtMost = TimeSpan.FromSeconds(10);

    private readonly WebApplication _web;
    private readonly IDeviceLinks _devices;
    private readonly TimeSpan _stopAtMost;
    private readonly ILogger _logger;
    private Task? _stopping;

    private ServerApp(WebApplication web, IDeviceLinks devices, TimeSpan stopAtMost)
    {
        (_web, _devices, _stopAtMost) = (web, devices, stopAtMost);
        _logger = web.Services.GetRequiredService<ILogger<ServerApp>>();
    }

    /// <summary>Where pages and API are served.</summary>
    public Uri Address => new(_web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()); // Set once started.

    /// <summary>Where devices connect, when they connect to the server itself.</summary>
    /// <exception cref="InvalidOperationException">They connect to a broker.</exception>
    public IPEndPoint MqttAddress => (_devices as EndpointLinks)?.Address ?? throw new InvalidOperationException("Devices connect to a broker: there is no endpoint.");

    /// <summary>The broker, when devices connect to one; otherwise null.</summary>
    public BrokerLinks? Broker => _devices as BrokerLinks;

    public ApiToken Token => _web.Services.GetRequiredService<ApiToken>();

    public DeviceSecrets Devices => _web.Services.GetRequiredService<DeviceSecrets>();

    /// <summary>The fleet in force.</summary>
    public FleetHistory Fleet => _web.Services.GetRequiredService<FleetView>().Current;

    /// <summary>What keeps the units judged.</summary>
    public EvaluatorService Evaluator => _web.Services.GetRequiredService<EvaluatorService>();

    /// <summary>What notices that the server was not there.</summary>
    public Attendance Attendance => _web.Services.GetRequiredService<Attendance>();

    public RecordStore Store => _web.Services.GetRequiredService<RecordStore>();

    /// <summary>Starts a server. It runs until it is disposed, or stopped by a signal.</summary>
    /// <exception cref="ConfigurationException">Options, rule packs or fleet file have errors: all of them are named.</exception>
    /// <exception cref="StoreOpenException">The record store cannot be opened.</exception>
    public static async Task<ServerApp> StartAsync(ServerOptions options, TimeProvider clock, Action<ILoggingBuilder> logging, CancellationToken cancellation)
    {
        if (StartChecks.Errors(options) is { Count: > 0 } errors)
        {
            throw new ConfigurationException(errors);
        }

        var packs = RulePackFolder.Read(options.RulesFolder);
        Directory.CreateDirectory(options.DataFolder);
        using var loggers = LoggerFactory.Create(logging);
        var store = RecordStore.Open(Path.Combine(options.DataFolder, "record.db"), clock, loggers.CreateLogger<RecordStore>());
        try
        {
            var view = new FleetView();
            await new FleetLoader(store, view, packs, clock).LoadAsync(options.FleetFile, cancellation);
            var history = await RulePackHistory.LoadAsync(store, options.RulesFolder, clock, cancellation);
            var app = Compose(options, store, view, packs, PlanBuilder.Build(view.Current, history), clock, logging);
            await app._web.StartAsync(cancellation);
            return app;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>Completes when a signal asks the process to stop. Meanwhile systemd, if it started the process, hears how the work goes on.</summary>
    public async Task WaitForShutdownAsync(CancellationToken cancellation)
    {
        var work = new ServerWork(Evaluator, Store);
        var watchdog = ServiceWatchdog.FromEnvironment(
            Environment.GetEnvironmentVariable, work.HasGoneOn, TimeProvider.System, fault => _logger.LogError("{Fault}", fault));
        var watching = watchdog?.RunAsync(_web.Lifetime.ApplicationStopping) ?? Task.CompletedTask;
        await _web.WaitForShutdownAsync(cancellation);
        await watching;
    }

    /// <summary>Stops in order: no more requests, what was received is stored, no more devices, and last the store; within a time limit.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await (_stopping ??= StopInOrderAsync()).WaitAsync(_stopAtMost);
        }
        catch (TimeoutException)
        {
            // Every part has a limit of its own, but the disk has none. What it was to take is not acknowledged: devices send it again.
            _logger.LogCritical("The server ends without waiting longer than {Limit}: the disk of the record store does not answer", _stopAtMost);
        }
    }

    private async Task StopInOrderAsync()
    {
        var store = Store;
        await _web.StopAsync();
        await _devices.DisposeAsync();
        await _web.DisposeAsync();
        await store.DisposeAsync();
    }

    private static ServerApp Compose(
        ServerOptions options,
        RecordStore store,
        FleetView view,
        IReadOnlyList<RulePack> packs,
        UnitPlans plans,
        TimeProvider clock,
        Action<ILoggingBuilder> logging)
    {
        var log = new MqttLog();
        var secrets = new DeviceSecrets(options.DataFolder);
        var devices = Connect(options, store, new DevicePolicy(device => view.Current.FindDevice(device) is not null, secrets), log, clock);
        var builder = Builder(options, logging);
        builder.Services
            .AddSingleton(clock)
            .AddSingleton(store)
            .AddSingleton(view)
            .AddSingleton(packs)
            .AddSingleton(secrets)
            .AddSingleton(ApiToken.LoadOrCreate(options.DataFolder))
            .AddSingleton<Func<UnitPlans>>(() => plans)
            .AddSingleton<Func<IReadOnlyList<BrokerLinkHealth>>>(() => devices is BrokerLinks broker ? broker.Health : [])
            .AddSingleton(services => new IngestService(devices.Live, devices.Backfill, store, view, clock, services.GetRequiredService<ILogger<IngestService>>()))
            .AddHostedService(services => services.GetRequiredService<IngestService>())
            .AddSingleton<Attendance>()
            .AddHostedService(services => services.GetRequiredService<Attendance>())
            .AddSingleton<EvaluatorService>()
            .AddHostedService(services => services.GetRequiredService<EvaluatorService>())
            .AddApi()
            .AddDashboard()
            .AddInflux(options.Influx);
        var web = builder.Build();
        log.Logger = web.Services.GetRequiredService<ILogger<MqttEndpoint>>();
        web.MapApi();
        web.MapDashboard();
        return new ServerApp(web, devices, options.StopAtMost);
    }

    private static IDeviceLinks Connect(ServerOptions options, RecordStore store, DevicePolicy policy, MqttLog log, TimeProvider clock) =>
        options.Broker is { } broker ? BrokerLinks.Start(broker, store.Id, log.Take, clock)
        : options.Mqtt is { } address ? EndpointLinks.Start(new MqttListener(address, options.MqttTls), policy, log.Take, clock)
        : throw new InvalidOperationException("StartChecks let pass options with neither an endpoint nor a broker.");

    private static WebApplicationBuilder Builder(ServerOptions options, Action<ILoggingBuilder> logging)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = typeof(ServerApp).Assembly.GetName().Name });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection([new("AllowedHosts", string.Join(';', options.AllowedHosts))]);
        builder.WebHost.UseUrls($"http://{options.Http}");
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ServicesStopAtMost);
        builder.Logging.ClearProviders();
        logging(builder.Logging);
        return builder;
    }
}
