using ColdChain.Fuzz.Tests.Engine;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace ColdChain.Fuzz.Tests.Configuration;

/// <summary>The fleet file on its way into force: a bad one leaves the fleet in force, and the good one after it comes into force.</summary>
internal sealed class FleetLoaderTarget : FuzzTarget, IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("coldchain-fuzz-");
    private readonly RecordStore _store;
    private readonly FleetView _view = new();
    private readonly FleetLoader _loader;

    public FleetLoaderTarget()
    {
        _store = RecordStore.Open(Path.Combine(_folder.FullName, "record.db"), TimeProvider.System, NullLogger.Instance);
        _loader = new FleetLoader(_store, _view, RulePackFolder.Read(RulePackFolder.Default), TimeProvider.System);
    }

    public override string Name => "fleet-loader";

    public override string Corpus => "fleet";

    public override IReadOnlyList<byte[]> Words => FleetTarget.FleetWords;

    public override async Task<string> FeedAsync(byte[] input, CancellationToken cancellation)
    {
        var (path, before) = (Path.Combine(_folder.FullName, "fleet.yaml"), _view.Current);
        await File.WriteAllBytesAsync(path, input, cancellation);
        try
        {
            await _loader.LoadAsync(path, cancellation);
            return $"in force, {_view.Current.Units.Count} units";
        }
        catch (ConfigurationException refused)
        {
            RequireInForce(before);
            foreach (var error in refused.Errors)
            {
                FleetTarget.RequireWellSaid(error["fleet.yaml, ".Length..]);
            }

            return "refused";
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private void RequireInForce(FleetHistory before)
    {
        if (!ReferenceEquals(_view.Current, before))
        {
            throw new InvalidOperationException("the fleet in force changed although the file was refused");
        }
    }
}
