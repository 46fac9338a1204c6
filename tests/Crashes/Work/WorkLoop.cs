using ColdChain.Edge.Outbox;
using ColdChain.Server.Store;
using Microsoft.Data.Sqlite;

namespace ColdChain.Crashes.Tests.Work;

/// <summary>Does all steps of a work as the product's loops do: a failure of the disk is told, and tried again.</summary>
internal static class WorkLoop
{
    public const string At = "at ";
    public const string Done = "done ";
    public const string Fault = "fault ";
    public const string End = "end";

    private const int TriesMax = 5;

    /// <summary>Gives 0 when all steps were done.</summary>
    public static async Task<int> RunAsync(StoredWork work, TextWriter output)
    {
        await using (work)
        {
            await TryAsync(output, 0, () =>
            {
                work.Open();
                return Task.CompletedTask;
            });
            for (var step = 1; step <= work.Steps; step++)
            {
                var number = step;
                await TryAsync(output, number, () => work.DoAsync(number));
            }
        }

        await TellAsync(output, End);
        return 0;
    }

    private static async Task TryAsync(TextWriter output, int step, Func<Task> action)
    {
        await TellAsync(output, $"{At}{step}");
        for (var tries = 1; ; tries++)
        {
            try
            {
                await action();
                break;
            }
            catch (Exception error) when (tries < TriesMax && error is SqliteException or StoreWriteException or StoreOpenException or OutboxException or IOException or AggregateException)
            {
                await TellAsync(output, $"{Fault}{error.Message.ReplaceLineEndings(" ")}");
            }
        }

        await TellAsync(output, $"{Done}{step}");
    }

    private static async Task TellAsync(TextWriter output, string line)
    {
        await output.WriteLineAsync(line);
        await output.FlushAsync();
    }
}
