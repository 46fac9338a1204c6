using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using ColdChain.Bench;

if (args is ["webhook", .. var rest])
{
    await WebhookTrials.RunAsync(rest);
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(UnitFoldBenchmark).Assembly).Run(args, DefaultConfig.Instance.WithArtifactsPath(Path.Combine("artifacts", "bench")));
