using ColdChain.Mqtt.Endpoint;
using ColdChain.Mqtt.Link;
using ColdChain.Server.Alerts;
using ColdChain.Server.Api;
using ColdChain.Server.Api.Forms;
using ColdChain.Server.Audit;
using ColdChain.Server.Dashboard;
using ColdChain.Server.Dashboard.Views;
using ColdChain.Server.Excursions;
using ColdChain.Server.Exposure;
using ColdChain.Server.Fleet;
using ColdChain.Server.HoldNotices;
using ColdChain.Server.Identity;
using ColdChain.Server.Ingest;
using ColdChain.Server.Outbound;
using ColdChain.Server.People;
using ColdChain.Server.Projections;
using ColdChain.Server.Quarantine;
using ColdChain.Server.Reports;
using ColdChain.Server.Reports.Bundle;
using ColdChain.Server.Reports.Desk;
using ColdChain.Server.Reports.Documents;
using ColdChain.Server.Store;
using ColdChain.Server.Supervision;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ColdChain.Server;

/// <summary>Puts the slices together. This is the only place that knows them all.</summary>
internal static class ServerComposition
{
    /// <summary>
    /// The longest time for pages and API to answer what they were asked, and for the services that the host runs to end. Clients that do
    /// not read are cut off then.
    /// </summary>
    private static readonly TimeSpan ServicesStopAtMost = TimeSpan.FromSeconds(10);

    /// <summary>Connections of browsers and programs at one time, event streams included; more are closed at once.</summary>
    private const int ConnectionsMax = 2_000;

    public static WebApplication Build(ServerOptions options, Foundation foundation, TimeProvider clock, Action<ILoggingBuilder> logging)
    {
        var builder = Builder(options, logging);
        builder.Services
            .AddSingleton(clock)
            .AddSingleton(options.ClockAuthority)
            .AddSingleton(foundation.Store)
            .AddSingleton(foundation.Fleet)
            .AddSingleton(foundation.Packs)
            .AddSingleton(foundation.History)
            .AddSingleton<Forecasts>()
            .AddSingleton(foundation.Loader)
            .AddSingleton<FleetProposals>()
            .AddSingleton<FleetPageReader>()
            .AddSingleton<Func<UnitPlans>>(new CurrentPlans(foundation.Fleet, foundation.History).Get)
            .AddSingleton<Func<Placements>>(() => new Placements(foundation.Fleet.Current, foundation.History))
            .AddSingleton(_ => new GuardedSender(options.Outbound))
            .AddSingleton(new DeviceSecrets(options.DataFolder))
            .AddSingleton(ApiToken.LoadOrCreate(options.DataFolder))
            .AddSingleton(_ => new AnchorPlace(options.AnchorFile ?? Path.Combine(options.DataFolder, "audit-anchors.jsonl"), AnchorKey.LoadOrCreate(options.DataFolder)))
            .AddHosted<AnchorKeeper>() // First, so that what any other does comes after the start in the trail.
            .AddDevices(options)
            .AddHosted<Attendance>()
            .AddSingleton<ServerHearing>()
            .AddSingleton(services => new Supervisor(foundation.Store, foundation.Fleet, foundation.Packs, services.GetRequiredService<ServerHearing>().Now))
            .AddHosted<SupervisionService>()
            .AddHosted<EvaluatorService>()
            .AddHosted<ExposureService>()
            .AddAlerts(options.Alerts, provider => provider.GetRequiredService<IDeviceLinks>().Live)
            .AddSingleton(new AlertReach(options.Alerts.ReachesPeople))
            .AddPeople(options)
            .AddQuarantine()
            .AddHoldNotices(options)
            .AddReports(options.Reports, options.DataFolder)
            .AddApi()
            .AddRateLimits(options.RequestsPerMinute)
            .AddDashboard()
            .AddInflux(options.Influx)
            .AddBeacon(options.Beacon);
        var web = builder.Build();
        web.Services.GetRequiredService<DraftFolder>().Empty();
        web.UseGate();
        web.MapApi();
        web.MapDashboard();
        web.MapForms();
        return web;
    }

    private static IServiceCollection AddBeacon(this IServiceCollection services, BeaconOptions? beacon) =>
        beacon is null ? services : services.AddSingleton(beacon).AddHosted<Beacon>();

    private static IServiceCollection AddPeople(this IServiceCollection services, ServerOptions options) => services
        .AddSingleton(new StaffDataLimits(options.StaffDataKept))
        .AddHosted<StaffRetention>()
        .AddSingleton<SignInThrottle>()
        .AddSingleton<Accounts>()
        .AddSingleton<Sessions>()
        .AddSingleton<ApiTokens>()
        .AddSingleton<SecondFactor>()
        .AddSingleton<PeoplePage>();

    private static IServiceCollection AddQuarantine(this IServiceCollection services) => services
        .AddSingleton<UnverifiedFigures>()
        .AddSingleton<AskForCode>(provider => provider.GetRequiredService<SecondFactor>().RequireTotp)
        .AddSingleton<Casework>()
        .AddSingleton<LookBacks>()
        .AddSingleton<StockImport>()
        .AddSingleton<Dispositions>();

    private static IServiceCollection AddReports(this IServiceCollection services, ReportOptions options, string dataFolder)
    {
        services.TryAddSingleton<MakeReport>(provider => ActivatorUtilities.CreateInstance<ReportMaker>(provider).Make);
        return services
            .AddSingleton(options)
            .AddSingleton(provider => new DraftFolder(Path.Combine(dataFolder, DraftFolder.Name), provider.GetRequiredService<ILogger<DraftFolder>>()))
            .AddHosted<ReportDrafts>()
            .AddSingleton(provider => new BundleKey(AnchorKey.PublicFileName, provider.GetRequiredService<AnchorPlace>().Key.Fingerprint))
            .AddSingleton<ReportHtml>()
            .AddSingleton(provider => new ReportPdf(new PdfOptions(options.Chromium, options.ChromiumSandbox), provider.GetRequiredService<DraftFolder>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(provider => new BundleWriter(provider.GetRequiredService<AnchorPlace>().Key.SignOther, provider.GetRequiredService<DraftFolder>()))
            .AddSingleton<ReportFiles>()
            .AddSingleton<AskForSignature>(provider => AskBoth(provider.GetRequiredService<SecondFactor>()))
            .AddSingleton<ReportDesk>()
            .AddSingleton<ReportTasks>()
            .AddSingleton<ReportPageReader>()
            .AddHosted<ReportWatch>();
    }

    private static AskForSignature AskBoth(SecondFactor factor) => (account, proof) =>
    {
        var check = factor.CheckBoth(account, proof.Password, proof.Code);
        return new SignatureAnswer(check.Fault, transaction => SecondFactor.RequireBoth(transaction, account, check));
    };

    private static IServiceCollection AddHoldNotices(this IServiceCollection services, ServerOptions options)
    {
        services.AddSingleton(new NoticeOutlet(options.HoldWebhook is not null)).AddSingleton<NoticeWriter>().AddHosted<HoldNoticeService>();
        return options.HoldWebhook is { } webhook ? services.AddSingleton(webhook).AddSingleton<HoldWebhook>() : services;
    }

    private static IServiceCollection AddDevices(this IServiceCollection services, ServerOptions options) => services
        .AddHosted<RefusedPeers>()
        .AddSingleton(options.Broker is { } broker
            ? provider => BrokerLinks.Start(broker, provider.GetRequiredService<RecordStore>().Id, Log(provider), provider.GetRequiredService<TimeProvider>())
            : Endpoint(options))
        .AddHosted(provider =>
        {
            var links = provider.GetRequiredService<IDeviceLinks>();
            return ActivatorUtilities.CreateInstance<IngestService>(provider, links.Live, links.Backfill);
        });

    private static Func<IServiceProvider, IDeviceLinks> Endpoint(ServerOptions options)
    {
        var address = options.Mqtt ?? throw new InvalidOperationException("StartChecks let pass options with neither an endpoint nor a broker.");
        return provider =>
        {
            var fleet = provider.GetRequiredService<FleetView>();
            var policy = new DevicePolicy(device => fleet.Current.FindDevice(device) is not null, provider.GetRequiredService<DeviceSecrets>());
            var observer = Log(provider) + provider.GetRequiredService<RefusedPeers>().Take;
            return EndpointLinks.Start(new MqttListener(address, options.MqttTls), policy, observer, provider.GetRequiredService<TimeProvider>());
        };
    }

    private static Action<MqttEvent> Log(IServiceProvider provider) => new MqttLog(provider.GetRequiredService<ILogger<MqttLog>>()).Take;

    private static IServiceCollection AddHosted<T>(this IServiceCollection services, Func<IServiceProvider, T>? make = null)
        where T : class, IHostedService => services
            .AddSingleton(make ?? (provider => ActivatorUtilities.CreateInstance<T>(provider)))
            .AddHostedService(provider => provider.GetRequiredService<T>());

    private static WebApplicationBuilder Builder(ServerOptions options, Action<ILoggingBuilder> logging)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = typeof(ServerApp).Assembly.GetName().Name });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection([new("AllowedHosts", string.Join(';', options.AllowedHosts))]);
        builder.WebHost.UseUrls($"http://{options.Http}").ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = ProblemAnswers.BodyBytesMax;
            kestrel.Limits.MaxConcurrentConnections = ConnectionsMax;
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ServicesStopAtMost);
        builder.Logging.ClearProviders();
        logging(builder.Logging);
        return builder;
    }
}
