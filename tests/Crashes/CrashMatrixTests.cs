using ColdChain.Crashes.Tests.Injection;
using ColdChain.Crashes.Tests.Work;
using ColdChain.Tests.Shared;

namespace ColdChain.Crashes.Tests;

/// <summary>
/// The outbox and the record store, on real SQLite, with each single system call that writes failing in turn: the process is killed there,
/// the disk answers with an error, or it is full. What is committed is a prefix of what was attempted, nothing that was told as done is
/// lost, and the work goes on: after a kill in the next process, after an error in the same one, which says so.
/// </summary>
[Trait("Needs", "strace")]
public sealed class CrashMatrixTests
{
    private const int KilledExitCode = 128 + 9;

    private const string Kill = "signal=SIGKILL";
    private const string Broken = "error=EIO";
    private const string Full = "error=ENOSPC";
    private static readonly string[] Whats = [Kill, Broken, Full];

    // Each run is a process, and a start of the server's parts costs a second: unless the whole matrix is asked for, each call of the outbox
    // fails in one of the three ways, and so does every third of the record store.
    private static readonly bool IsWhole = Environment.GetEnvironmentVariable("CRASH_MATRIX") == "whole";

    [Theory]
    [InlineData(StoredWork.Outbox)]
    [InlineData(StoredWork.Record)]
    public async Task KilledAtAnyWrite_WhatIsCommittedIsAPrefix_AndTheNextStartGoesOn(string kind)
    {
        var states = await StatesAsync(kind);

        var runs = await ForEachCallAsync(kind, Kill, async (run, path) =>
        {
            run.ExitCode.Should().Be(KilledExitCode, "{0}", run.Errors);
            var (at, done) = (Last(run, WorkLoop.At), Last(run, WorkLoop.Done));
            await using var work = StoredWork.Of(kind, path);
            work.Open();
            var found = await work.StateAsync();
            var step = Enumerable.Range(done, at - done + 1).LastOrDefault(step => states[step] == found, -1);
            step.Should().BeGreaterThanOrEqualTo(0, "killed at step {0} after step {1} was told as done, the file is as after one of the two; it holds\n{2}", at, done, found);
            await GoesOnAsync(work, step, states);
        });

        runs.Should().BeGreaterThan(15, "so many writes there are at least");
    }

    [Theory]
    [InlineData(StoredWork.Outbox, Broken)]
    [InlineData(StoredWork.Outbox, Full)]
    [InlineData(StoredWork.Record, Broken)]
    [InlineData(StoredWork.Record, Full)]
    public async Task RefusedAtAnyWrite_IsToldAndTriedAgain_AndNothingIsLostOrTwice(string kind, string error)
    {
        var states = await StatesAsync(kind);
        var told = 0;

        var runs = await ForEachCallAsync(kind, error, async (run, path) =>
        {
            run.IsInjected.Should().BeTrue();
            run.ExitCode.Should().Be(0, "it goes on when the disk does:\n{0}\n{1}", string.Join('\n', run.Lines), run.Errors);
            Interlocked.Add(ref told, run.Lines.Any(line => line.StartsWith(WorkLoop.Fault, StringComparison.Ordinal)) ? 1 : 0);
            await using var work = StoredWork.Of(kind, path);
            work.Open();
            (await work.StateAsync()).Should().Be(states[^1]);
        });

        // What fails while the file is closed or a journal removed is nobody's loss, and is not told.
        told.Should().BeGreaterThan(runs / 2);
    }

    /// <summary>Runs the work once for each call of each kind; gives how many runs that were.</summary>
    private static async Task<int> ForEachCallAsync(string kind, string what, Func<WorkRun, string, Task> check)
    {
        using var folder = new TempFolder();
        var counts = await Calls.CountAsync(kind, await FileAsync(folder, kind, "clean"));
        var cases = counts.SelectMany(call => Enumerable.Range(1, call.Value).Select(number => (Call: call.Key, Number: number)))
            .Where((_, i) => IsWhole || IsSampled(i, kind, what))
            .ToList();
        await Parallel.ForEachAsync(cases, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, async (failing, _) =>
        {
            var path = await FileAsync(folder, kind, $"{failing.Call}-{failing.Number}");
            var run = await Calls.RunAsync(kind, path, failing.Call, failing.Number, what);
            try
            {
                await check(run, path);
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"{kind}, {what} at {failing.Call} number {failing.Number}: {error.Message}", error);
            }
        });
        return cases.Count;
    }

    private static bool IsSampled(int number, string kind, string what)
    {
        var step = kind == StoredWork.Outbox ? 1 : 3;
        return number % step == 0 && Whats[number / step % Whats.Length] == what;
    }

    /// <summary>A file to work on: each in a folder of its own, and a record store with its tables, whose making other tests watch.</summary>
    private static async Task<string> FileAsync(TempFolder folder, string kind, string name)
    {
        var path = Path.Combine(folder.Path, name, "work.db");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!); // It lies in a folder.
        if (kind == StoredWork.Record)
        {
            await using var work = StoredWork.Of(kind, path);
            work.Open();
        }

        return path;
    }

    /// <summary>What the file holds after no step, after the first, and so on.</summary>
    private static async Task<List<string>> StatesAsync(string kind)
    {
        using var folder = new TempFolder();
        await using var work = StoredWork.Of(kind, await FileAsync(folder, kind, "states"));
        work.Open();
        var states = new List<string> { await work.StateAsync() };
        for (var step = 1; step <= work.Steps; step++)
        {
            await work.DoAsync(step);
            states.Add(await work.StateAsync());
        }

        states.Should().OnlyHaveUniqueItems("each step is seen in the file");
        return states;
    }

    private static async Task GoesOnAsync(StoredWork work, int from, List<string> states)
    {
        for (var step = from + 1; step <= work.Steps; step++)
        {
            await work.DoAsync(step);
        }

        (await work.StateAsync()).Should().Be(states[^1]);
    }

    private static int Last(WorkRun run, string word) => run.Lines.Where(line => line.StartsWith(word, StringComparison.Ordinal))
        .Select(line => int.Parse(line[word.Length..], System.Globalization.CultureInfo.InvariantCulture)).DefaultIfEmpty(0).Max();
}
