using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ColdChain.Hosting.Configuration;

/// <summary>A configuration: a file, what wins over it, and the errors that were found in both.</summary>
public sealed class ConfigFile
{
    private readonly string _name;
    private readonly string _folder;

    private ConfigFile(string name, string folder, Overrides overrides)
    {
        (_name, _folder, Overrides) = (name, folder, overrides);
        Root = new ConfigSection(new YamlMappingNode(), this, "");
    }

    /// <summary>The keys that stand in no section.</summary>
    public ConfigSection Root { get; private set; }

    /// <summary>What is wrong with it, as far as it was read.</summary>
    public ConfigErrors Errors { get; } = new();

    internal Overrides Overrides { get; }

    /// <summary>Reads a file. When that cannot be done, this is the one error, and all keys of the file are absent.</summary>
    /// <param name="path">The file.</param>
    /// <param name="overrides">What wins over it.</param>
    public static ConfigFile Read(string path, Overrides overrides)
    {
        var file = new ConfigFile(path, Path.GetDirectoryName(Path.GetFullPath(path))!, overrides); // A file has a folder.
        file.Load();
        return file;
    }

    /// <summary>A configuration without a file: all of it is in the overrides.</summary>
    public static ConfigFile WithoutFile(Overrides overrides) => new("the configuration", Environment.CurrentDirectory, overrides);

    /// <summary>Reports every key that was not asked for, in the root and outside the file. To be called when all has been read.</summary>
    public void RejectUnknownKeys()
    {
        Root.RejectUnknownKeys();
        Overrides.RejectUnknown(Errors);
    }

    internal Origin OriginOf(YamlNode node) => Overrides.OriginOf(node) ?? OriginOf(node.Start.Line);

    internal Origin OriginOf(long line) => Origin.OfLine(_name, line);

    internal string InFolder(string name) => Path.Combine(_folder, name);

    /// <summary>A relative path in the file starts at the file's folder, and any other where the program was started.</summary>
    internal string FullPath(string path, YamlNode node) =>
        Path.GetFullPath(path, Overrides.OriginOf(node) is null ? _folder : Environment.CurrentDirectory);

    private void Load()
    {
        try
        {
            using var reader = new StreamReader(_name);
            if (PlainYaml.Load(reader).Documents is [{ RootNode: YamlMappingNode root }])
            {
                Root = new ConfigSection(root, this, "");
                return;
            }

            Fail(OriginOf(1), "there are no keys", "write 'key: value', one a line");
        }
        catch (YamlException e)
        {
            Fail(OriginOf(e.Start.Line), e.Message.TrimEnd('.'), "correct the YAML there (indent with spaces, each key once)");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Fail(Origin.Outside(_name), e.Message.TrimEnd('.'), "give an existing, readable file with --config FILE");
        }
    }

    private void Fail(Origin origin, string reason, string cure)
    {
        Errors.Add(origin, reason, cure);
        Root = ConfigSection.Unreadable(this);
    }
}
