using System.Net;
using ColdChain.Core.Rules;
using ColdChain.Mqtt.Endpoint;
using ColdChain.Server.Api;
using ColdChain.Server.Dashboard;
using ColdChain.Server.Excursions;
using ColdChain.Server.Fleet;
using ColdChain.Server.Identity;
using ColdChain.Server.Ingest;
using ColdChain.Server.Projections;
using ColdChain.Server.Store;
using ColdChain.Server.Supervision;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace ColdChain.Server;

/// <summary>A running server: store, links to devices, ingest, evaluator, API and pages in one process.</summary>
internal sealed class ServerApp : IAsyncDisposable
{
    // The largest one that anybody has a reason to send has some hundred bytes.
    private const int RequestBodyBytesMax = 64 * 1024;

    private readonly WebApplication _web;
    private readonly IDeviceLinks _devices;

    private ServerApp(WebApplication web, IDeviceLinks devices) => (_web, _devices) = (web, devices);

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

    /// <summary>Everything that answers requests.</summary>
    public IReadOnlyList<Endpoint> Endpoints => _web.Services.GetRequiredService<EndpointDataSource>().Endpoints;

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

    /// <summary>Completes when a signal asks the process to stop.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellation) => _web.WaitForShutdownAsync(cancellation);

    /// <summary>Stops in order: no more requests, no more devices, nothing left to judge, and last the store.</summary>
    public async ValueTask DisposeAsync()
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
            .AddSingleton<ServerHearing>()
            .AddSingleton(services => new Supervisor(store, view, packs, services.GetRequiredService<ServerHearing>().Now))
            .AddSingleton<SupervisionService>()
            .AddHostedService(services => services.GetRequiredService<SupervisionService>())
            .AddSingleton<EvaluatorService>()
            .AddHostedService(services => services.GetRequiredService<EvaluatorService>())
            .AddApi()
            .AddDashboard()
            .AddInflux(options.Influx);
        var web = builder.Build();
        log.Logger = web.Services.GetRequiredService<ILogger<MqttEndpoint>>();
        web.MapApi();
        web.MapDashboard();
        return new ServerApp(web, devices);
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
        builder.WebHost.UseUrls($"http://{options.Http}").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = RequestBodyBytesMax);
        builder.Logging.ClearProviders();
        logging(builder.Logging);
        return builder;
    }
}
