using System.Globalization;
using System.Text;
using System.Xml;

namespace ColdChain.Server.Reports.Documents.Charts;

/// <summary>Writes elements of a picture; every text and attribute is encoded.</summary>
internal sealed class Svg : IDisposable
{
    private readonly StringBuilder _text = new();
    private readonly XmlWriter _writer;

    public Svg() => _writer = XmlWriter.Create(_text, new XmlWriterSettings { OmitXmlDeclaration = true, ConformanceLevel = ConformanceLevel.Fragment, CheckCharacters = false });

    /// <summary>An element with its attributes; numbers are written with a point.</summary>
    public void Add(string name, params (string Name, object Value)[] attributes)
    {
        Open(name, attributes);
        Close();
    }

    /// <summary>An element that holds a text.</summary>
    public void Text(string name, string text, params (string Name, object Value)[] attributes)
    {
        Open(name, attributes);
        _writer.WriteString(text);
        _writer.WriteFullEndElement();
    }

    public void Open(string name, params (string Name, object Value)[] attributes)
    {
        _writer.WriteStartElement(name);
        foreach (var (key, value) in attributes)
        {
            _writer.WriteAttributeString(key, value is double number ? ChartScale.Write(number) : Convert.ToString(value, CultureInfo.InvariantCulture));
        }
    }

    public void Close() => _writer.WriteEndElement();

    public override string ToString()
    {
        _writer.Flush();
        return _text.ToString();
    }

    public void Dispose() => _writer.Dispose();
}
