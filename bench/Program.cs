using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using ColdChain.Bench;

if (args is ["webhook", .. var rest])
{
    await WebhookTrials.RunAsync(rest);
    return;
}

if (args is ["report", .. var units])
{
    await ReportTrials.RunAsync(units);
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(UnitFoldBenchmark).Assembly).Run(args, DefaultConfig.Instance.WithArtifactsPath(Path.Combine("artifacts", "bench")));
