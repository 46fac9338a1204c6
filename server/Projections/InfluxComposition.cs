using ColdChain.Server.Store;

namespace ColdChain.Server.Projections;

/// <summary>Puts the projection to InfluxDB into the server, where one is configured.</summary>
internal static class InfluxComposition
{
    public static IServiceCollection AddInflux(this IServiceCollection services, InfluxOptions? options) => options is null
        ? services
        : services
            .AddSingleton(_ => new InfluxClient(options))
            .AddSingleton<InfluxQueries>()
            .AddSingleton<InfluxProjection>()
            .AddSingleton<InfluxProjectionService>()
            .AddHostedService(provider => provider.GetRequiredService<InfluxProjectionService>())
            .AddSingleton<InfluxComparison>()
            .AddSingleton<InfluxComparisonService>()
            .AddHostedService(provider => provider.GetRequiredService<InfluxComparisonService>())
            .AddSingleton<InfluxLines>()
            .AddSingleton<ExtremesReader>(provider => provider.GetRequiredService<InfluxLines>().ReadAsync);
}
