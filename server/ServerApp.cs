using System.Net;
using ColdChain.Hosting.Systemd;
using ColdChain.Server.Excursions;
using ColdChain.Server.Exposure;
using ColdChain.Server.Fleet;
using ColdChain.Server.Identity;
using ColdChain.Server.People;
using ColdChain.Server.Reports;
using ColdChain.Server.Store;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace ColdChain.Server;

/// <summary>A running server: store, links to devices, ingest, evaluator, API and pages in one process.</summary>
internal sealed class ServerApp : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly IDeviceLinks _devices;
    private readonly TimeSpan _stopAtMost;
    private readonly ILogger _logger;
    private Task? _stopping;

    private ServerApp(WebApplication web, TimeSpan stopAtMost)
    {
        (_web, _stopAtMost) = (web, stopAtMost);
        _devices = web.Services.GetRequiredService<IDeviceLinks>();
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

    /// <summary>The one-time password of the account <see cref="People.Accounts.FirstName"/>, which this start has made; null when there were accounts.</summary>
    public string? FirstPassword { get; private set; }

    public ApiTokens Tokens => _web.Services.GetRequiredService<ApiTokens>();

    public Accounts Accounts => _web.Services.GetRequiredService<Accounts>();

    /// <summary>The fleet in force.</summary>
    public FleetHistory Fleet => _web.Services.GetRequiredService<FleetView>().Current;

    /// <summary>What keeps the units judged.</summary>
    public EvaluatorService Evaluator => _web.Services.GetRequiredService<EvaluatorService>();

    /// <summary>What keeps added up what blood units go through.</summary>
    public ExposureService Exposures => _web.Services.GetRequiredService<ExposureService>();

    /// <summary>What notices that the server was not there.</summary>
    public Attendance Attendance => _web.Services.GetRequiredService<Attendance>();

    /// <summary>What puts reports together.</summary>
    public MakeReport Reports => _web.Services.GetRequiredService<MakeReport>();

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
            var loader = new FleetLoader(store, view, packs, clock);
            if (!await loader.LoadAsync(options.FleetFile, cancellation))
            {
                loggers.CreateLogger<FleetLoader>().LogWarning(
                    "{File} is an earlier fleet than the one that was approved on the page, which stays in force. Save that over it: the page of the fleet shows it", options.FleetFile);
            }

            var history = await RulePackHistory.LoadAsync(store, options.RulesFolder, clock, cancellation);
            var web = ServerComposition.Build(options, new Foundation(store, view, loader, packs, history), clock, logging);
            return await StartAsync(web, options, cancellation);
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    private static async Task<ServerApp> StartAsync(WebApplication web, ServerOptions options, CancellationToken cancellation)
    {
        try
        {
            var app = new ServerApp(web, options.StopAtMost);
            await web.StartAsync(cancellation);
            app.FirstPassword = await app.Accounts.MakeFirstAsync(cancellation);
            app.Warn(options);
            return app;
        }
        catch
        {
            await web.DisposeAsync(); // With the links to devices, if they are there.
            throw;
        }
    }

    private void Warn(ServerOptions options)
    {
        if (!options.IsHttpLocal)
        {
            _logger.LogWarning("Passwords and tokens go to {Address} in clear text unless a proxy with TLS is in front: 'trustedNetwork' says that you answer for that", Address);
        }

        if (options.Broker?.Warning is { } warning)
        {
            _logger.LogWarning("{Warning}", warning);
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
}
