using System.IO.MemoryMappedFiles;
using ColdChain.Tests.Shared;

namespace ColdChain.Fuzz.Tests.Engine;

/// <summary>
/// The input that is being dealt with, as a file: when the process itself dies (a stack that overflows cannot be caught), the file is what
/// is left, and the next run says so and begins with it. A run that ends deletes it.
/// </summary>
internal sealed class BlackBox : IDisposable
{
    private const int Capacity = 32 * 1024 * 1024;

    private readonly string _path;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    private BlackBox(string path)
    {
        _path = path;
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Create, null, sizeof(int) + Capacity);
        _view = _file.CreateViewAccessor();
    }

    /// <summary>Opens the box of a target; <paramref name="left"/> is the input on which the last run died, if it did.</summary>
    public static BlackBox Open(string target, out byte[]? left)
    {
        var path = PathOf(target);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!); // A file has a folder.
        left = ReadLeft(path);
        return new BlackBox(path);
    }

    /// <summary>Where the box of a target is.</summary>
    public static string PathOf(string target) => Path.Combine(Repository.Root, "artifacts", "fuzz", $"{target}.last");

    public void Write(byte[] input)
    {
        _view.WriteArray(sizeof(int), input, 0, Math.Min(input.Length, Capacity));
        _view.Write(0, input.Length);
    }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
        File.Delete(_path);
    }

    private static byte[]? ReadLeft(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        using var reader = new BinaryReader(File.OpenRead(path));
        var length = reader.ReadInt32();
        return length == 0 ? null : reader.ReadBytes(length);
    }
}
