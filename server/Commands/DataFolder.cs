using System.CommandLine;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Commands;

/// <summary>The server's data folder, for commands that work on what is in it.</summary>
internal static class DataFolder
{
    /// <summary>The option by which it is named.</summary>
    public static Option<string> Option(string description = "The server's data folder") => new("--data") { Description = description, DefaultValueFactory = _ => "data" };

    /// <summary>The file of the record store in it.</summary>
    public static string StoreOf(string folder) => Path.Combine(folder, "record.db");

    /// <summary>Opens the record store in it to write.</summary>
    /// <exception cref="ConfigurationException">There is none: opening would make one.</exception>
    /// <exception cref="StoreOpenException">A server uses it, or it cannot be used.</exception>
    public static RecordStore OpenStore(string folder, TimeProvider clock)
    {
        var path = StoreOf(folder);
        return File.Exists(path)
            ? RecordStore.Open(path, clock)
            : throw new ConfigurationException([$"There is no record store at {path}. Name the server's data folder with --data."]);
    }
}
