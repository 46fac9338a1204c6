using System.Diagnostics;
using System.Globalization;
using ColdChain.Simulation.Tests.Faults;

namespace ColdChain.Simulation.Tests;

/// <summary><c>--seed N</c> runs one seed, <c>--seeds A..B</c> a range of them; <c>--trace</c> tells all that happens.</summary>
internal static class CommandLine
{
    private const int Violated = 1;
    private const int Misused = 2;

    /// <summary>Runs; gives the exit code: 0 when nothing was violated.</summary>
    public static int Run(IReadOnlyList<string> arguments)
    {
        var options = arguments.Contains("--trace") ? new SimulationOptions { Listener = Console.WriteLine } : SimulationOptions.Default;
        var rest = arguments.Where(argument => argument != "--trace").ToList();
        switch (rest)
        {
            case ["--seed", var text] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed):
                return One(seed, options);
            case ["--seeds", var text] when text.Split("..") is [var first, var last]
                && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var from)
                && int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var to) && from <= to:
                return Many(from, to, options);
            default:
                Console.Error.WriteLine("Usage: --seed N [--trace], or --seeds A..B");
                return Misused;
        }
    }

    private static int One(int seed, SimulationOptions options)
    {
        var result = Simulator.Run(seed, options);
        Console.WriteLine(result.Report());
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result.FridgeDays:0.0} fridge-days, {result.Readings} readings"));
        return result.Violations.Count == 0 ? 0 : Violated;
    }

    private static int Many(int from, int to, SimulationOptions options)
    {
        var watch = Stopwatch.StartNew();
        var (days, readings, asked, yes, failed, counts) = (0.0, 0L, 0, 0, new List<int>(), new FaultCounts());
        foreach (var result in Seeds.Run(from, to, options))
        {
            (days, readings) = (days + result.FridgeDays, readings + result.Readings);
            (asked, yes) = (asked + result.Questions.Asked, yes + result.Questions.Yes);
            counts.Add(result.Counts);
            if (result.Violations.Count > 0)
            {
                failed.Add(result.Seed);
                Console.WriteLine(result.Report());
            }
        }

        Console.WriteLine(Table(counts));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"asked {asked} times whether a blood unit may be issued: {yes} times yes"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{to - from + 1} seeds, {failed.Count} violated{(failed.Count == 0 ? "" : $" ({string.Join(", ", failed)})")}; {days:0} fridge-days, {readings} readings in {watch.Elapsed.TotalSeconds:0} s: {days * 86_400 / watch.Elapsed.TotalSeconds:0} times as fast as in earnest"));
        return failed.Count == 0 ? 0 : Violated;
    }

    private static string Table(FaultCounts counts)
    {
        var phases = counts.All.Keys.Select(key => key.Phase).Distinct().ToList();
        var rows = counts.All.Keys.Select(key => key.Kind).Distinct().Select(kind =>
            $"{kind,-22}{string.Concat(phases.Select(phase => $"{counts.All.GetValueOrDefault((kind, phase)),12}"))}");
        return string.Join('\n', rows.Prepend($"{"faults",-22}{string.Concat(phases.Select(phase => $"{phase,12}"))}"));
    }
}
