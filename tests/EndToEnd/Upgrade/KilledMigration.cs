namespace ColdChain.EndToEnd.Tests.Upgrade;

/// <summary>A real program on a file of an earlier version, killed at each system call of its migration in turn.</summary>
/// <param name="What"><c>record</c> or <c>outbox</c>.</param>
/// <param name="Version">The earlier version.</param>
/// <param name="Path">Where the program finds the file.</param>
/// <param name="Open">Opens a file as the program does, and closes it.</param>
/// <param name="Program">The program and its arguments.</param>
internal sealed record KilledMigration(string What, int Version, string Path, Action<string> Open, string[] Program)
{
    private const int CallsMax = 500; // The migration of a file of this size makes a few dozen.

    public async Task CheckAsync(TempFolder folder)
    {
        var (old, fresh) = (folder.File("earlier.db"), folder.File("fresh.db"));
        EarlierFile.Make(What, Version, old);
        Open(fresh);

        // First each sync: at the entry of the last one everything is written, and the new version counts already.
        var syncs = await FirstNewAsync(number => [("fsync", number)], old, fresh);
        // Then each write, and at the latest that last sync: whoever reaches it has made all writes.
        var writes = await FirstNewAsync(number => [("pwrite64", number), ("fsync", syncs)], old, fresh);
        (syncs, writes).Should().Match<(int Syncs, int Writes)>(first => first.Syncs > 1 && first.Writes > 2, "the first kills come before anything is written");
    }

    /// <summary>Kills at the first call, the second, and so on, until the file is of the new version; gives the number of that call.</summary>
    private async Task<int> FirstNewAsync(Func<int, (string Call, int Number)[]> kills, string old, string fresh)
    {
        var queries = EarlierFile.QueriesOf(old);
        var rows = EarlierFile.Content(old, queries);
        for (var number = 1; number <= CallsMax; number++)
        {
            Array.ForEach(["", "-wal", "-shm"], suffix => File.Delete(Path + suffix));
            EarlierFile.Make(What, Version, Path);
            await KilledStart.RunAsync(Path, kills(number), ["dotnet", System.IO.Path.Combine(AppContext.BaseDirectory, Program[0]), .. Program[1..]]);

            var found = EarlierFile.VersionOf(Path);
            EarlierFile.DamageOf(Path).Should().BeEmpty();
            EarlierFile.SchemaOf(Path).Should().Equal(EarlierFile.SchemaOf(found == Version ? old : fresh), $"killed at call {number}");
            EarlierFile.Content(Path, queries).Should().Equal(rows, $"killed at call {number}");
            Open(Path);
            EarlierFile.VersionOf(Path).Should().Be(EarlierFile.VersionOf(fresh), "the next start completes it");
            EarlierFile.SchemaOf(Path).Should().Equal(EarlierFile.SchemaOf(fresh));
            EarlierFile.Content(Path, queries).Should().Equal(rows);
            if (found != Version)
            {
                return number;
            }
        }

        throw new InvalidOperationException($"The migration was not complete after {CallsMax} calls.");
    }
}
