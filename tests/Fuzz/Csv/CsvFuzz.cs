using ColdChain.Fuzz.Tests.Engine;
using Xunit.Abstractions;

namespace ColdChain.Fuzz.Tests.Csv;

/// <summary>Files of readings.</summary>
public sealed class CsvFuzz(ITestOutputHelper output)
{
    [Fact]
    public Task Readings_OfAnyBytes_AreJudgedOrRefusedWithLineReasonAndCure() => FuzzRun.OfAsync(new ReadingsCsvTarget(), 10_000, output);

    [Fact]
    public async Task Recording_OfAnyBytes_IsReadOrRefusedWithLineReasonAndCure()
    {
        using var target = new RecordingTarget();
        await FuzzRun.OfAsync(target, 3000, output);
    }
}
