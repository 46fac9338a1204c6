using System.Globalization;

namespace ColdChain.Torture.Tests.Freeze;

/// <summary>The memory that docker-compose.yml gives to a program, and what it takes of it.</summary>
/// <param name="LimitMiB">The most that it may take, in MiB, inclusive.</param>
internal sealed record ProcessMemory(int LimitMiB)
{
    public static readonly ProcessMemory OfServer = new(400);
    public static readonly ProcessMemory OfEdge = new(128);

    /// <summary>
    /// In a container the runtime takes three quarters of the limit for its heap. Here it is told so: without a limit it collects when it likes to, and
    /// what it holds on a busy machine says nothing of what it needs.
    /// </summary>
    public IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>
    {
        ["DOTNET_GCHeapHardLimit"] = string.Create(CultureInfo.InvariantCulture, $"0x{LimitMiB * 3 / 4 * 1024 * 1024:X}"),
    };

    /// <summary>The most that a process ever held, in MiB, by the kernel.</summary>
    public static long PeakMiB(int processId)
    {
        const string Field = "VmHWM:";
        var line = File.ReadLines($"/proc/{processId}/status").First(line => line.StartsWith(Field, StringComparison.Ordinal));
        return long.Parse(line[Field.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024;
    }
}
