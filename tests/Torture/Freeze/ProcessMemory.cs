using System.Globalization;

namespace ColdChain.Torture.Tests.Freeze;

/// <summary>What a process holds in memory, by the kernel.</summary>
internal static class ProcessMemory
{
    /// <summary>The most that it ever held, in MiB.</summary>
    public static long PeakMiB(int processId)
    {
        const string Field = "VmHWM:";
        var line = File.ReadLines($"/proc/{processId}/status").First(line => line.StartsWith(Field, StringComparison.Ordinal));
        return long.Parse(line[Field.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024;
    }
}
