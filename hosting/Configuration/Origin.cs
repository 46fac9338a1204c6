namespace ColdChain.Hosting.Configuration;

/// <summary>Where a value was written, as errors name it.</summary>
/// <param name="Name">A file with a line, a variable of the environment, or an option of the command line.</param>
/// <param name="Order">Its place among the errors: the line; what is in no file comes last.</param>
internal readonly record struct Origin(string Name, long Order)
{
    public static Origin OfLine(string file, long line) => new($"{file}, line {line}", line);

    public static Origin Outside(string name) => new(name, long.MaxValue);
}
