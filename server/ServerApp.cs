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
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace ColdChain.Server;

/// <summary>A running server: store, endpoint, ingest, evaluator, API and pages in one process.</summary>
internal sealed class ServerApp : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly MqttEndpoint _endpoint;

    private ServerApp(WebApplication web, MqttEndpoint endpoint) => (_web, _endpoint) = (web, endpoint);

    /// <summary>Where pages and API are served.</summary>
    public Uri Address => new(_web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()); // Set once started.

    /// <summary>Where devices connect.</summary>
    public IPEndPoint MqttAddress => _endpoint.LocalEndPoint;

    public ApiToken Token => _web.Services.GetRequiredService<ApiToken>();

    public DeviceSecrets Devices => _web.Services.GetRequiredService<DeviceSecrets>();

    /// <summary>The fleet in force.</summary>
    public FleetHistory Fleet => _web.Services.GetRequiredService<FleetView>().Current;

    /// <summary>What keeps the units judged.</summary>
    public EvaluatorService Evaluator => _web.Services.GetRequiredService<EvaluatorService>();

    public RecordStore Store => _web.Services.GetRequiredService<RecordStore>();

    /// <summary>Starts a server. It runs until it is disposed, or stopped by a signal.</summary>
    /// <exception cref="ConfigurationException">Options, rule packs or fleet file have errors: all of one kind are named.</exception>
    /// <exception cref="StoreOpenException">The record store cannot be opened.</exception>
    public static async Task<ServerApp> StartAsync(ServerOptions options, TimeProvider clock, Action<ILoggingBuilder> logging, CancellationToken cancellation)
    {
        if (options.Errors() is { Count: > 0 } errors)
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
        await _endpoint.DisposeAsync();
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
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = typeof(ServerApp).Assembly.GetName().Name });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection([new("AllowedHosts", "localhost;127.0.0.1;[::1]")]);
        builder.WebHost.UseUrls($"http://{options.Http}");
        builder.Logging.ClearProviders();
        logging(builder.Logging);

        var secrets = new DeviceSecrets(options.DataFolder);
        var policy = new DevicePolicy(device => view.Current.FindDevice(device) is not null, secrets);
        var log = new EndpointLog();
        var endpoint = MqttEndpoint.Start(new MqttEndpointOptions { Listeners = [new MqttListener(options.Mqtt)] }, policy, log.Take, clock);

        builder.Services
            .AddSingleton(clock)
            .AddSingleton(store)
            .AddSingleton(view)
            .AddSingleton(packs)
            .AddSingleton(secrets)
            .AddSingleton(ApiToken.LoadOrCreate(options.DataFolder))
            .AddSingleton<Func<UnitPlans>>(() => plans)
            .AddSingleton(services => new IngestService(
                endpoint.OpenLink("ingest, live"), endpoint.OpenLink("ingest, backfill"), store, view, clock, services.GetRequiredService<ILogger<IngestService>>()))
            .AddHostedService(services => services.GetRequiredService<IngestService>())
            .AddSingleton<EvaluatorService>()
            .AddHostedService(services => services.GetRequiredService<EvaluatorService>())
            .AddApi()
            .AddDashboard()
            .AddInflux(options.Influx);
        var web = builder.Build();
        log.Logger = web.Services.GetRequiredService<ILogger<MqttEndpoint>>();
        web.MapApi();
        web.MapDashboard();
        return new ServerApp(web, endpoint);
    }
}
