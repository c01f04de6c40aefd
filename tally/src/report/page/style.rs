//! The style sheet of the report: for the screen, and for A4 paper.

/// One line, since the content policy allows it by its hash.
pub(super) const STYLE: &str = "\
:root{color-scheme:light}\
body{margin:0 auto;max-width:60rem;padding:1rem;background:#fff;color:#1a1a1c;font-family:'BIZ UDPGothic','Noto Sans JP','Noto Sans CJK JP','Hiragino Sans','Yu Gothic',Meiryo,sans-serif;line-height:1.6}\
h1{font-size:2rem;margin:.25rem 0 1rem;line-height:1.3}\
h2{font-size:1.375rem;margin:2rem 0 .75rem;padding-bottom:.25rem;border-bottom:3px solid #0017c1}\
h3{font-size:1.0625rem;margin:1.25rem 0 .5rem;padding-left:.5rem;border-left:.3rem solid #0017c1}\
.cover{padding:4rem 0 2rem}.kind{color:#0017c1;font-weight:bold}.office{font-size:1.25rem;margin:2rem 0 0}\
.cover-facts div{display:flex;gap:1rem;margin:.25rem 0}.cover-facts dt{width:6rem;flex:none;color:#4d4d4d}.cover-facts dd{margin:0}\
.note{color:#4d4d4d;font-size:.8125rem}\
.key{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:.75rem;margin:0}\
.key div{border:1px solid #949494;border-radius:.5rem;padding:.5rem .75rem}\
.key dt{font-size:.875rem}.key dd{margin:0;font-size:1.75rem;font-weight:bold;line-height:1.3}.key dd.note{font-size:.75rem;font-weight:normal}\
.columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(18rem,1fr));gap:0 1.5rem}\
.questions-list{margin:.25rem 0;padding-left:1.5rem}.questions-list li{margin:.25rem 0}.page-id{color:#4d4d4d;font-size:.875em;white-space:nowrap}\
.wanted{border:2px solid #0017c1;border-radius:.5rem;padding:0 1rem .5rem;margin-top:1rem}.wanted ul{margin:.25rem 0}\
table{border-collapse:collapse;width:100%;font-size:.8125rem;margin:.75rem 0}\
caption{text-align:left;font-weight:bold;padding:.25rem 0}\
th,td{border:1px solid #b3b3b3;padding:.25rem .5rem;vertical-align:top;text-align:left}\
thead th{background:#e8f1fe}.reasons thead th{white-space:nowrap}\
.sum td{background:#f1f1f4;font-weight:bold}\
td.number{text-align:right;white-space:nowrap}\
.groups,.questions,.completion{font-size:.75rem}.groups th,.groups td,.completion td,.questions td{padding:.125rem .375rem}\
.groups td:nth-child(-n+2),.completion td:nth-child(-n+2),.questions td:first-child,.questions td:nth-child(4),.trend td,.categories td,.changes td,.figures td,.bureaus td,.decisions td:not(:first-child),.weak td:nth-child(2){white-space:nowrap}\
.questions thead th{white-space:nowrap}.questions td:nth-child(3){min-width:16rem}\
.hash{font-family:Consolas,'Noto Sans Mono','DejaVu Sans Mono',monospace;font-size:.6875rem;overflow-wrap:anywhere}\
.reasons td:first-child{width:32%}.sources td:first-child{white-space:nowrap}\
.receipt{max-width:36rem;margin-top:3rem}.receipt td{height:2.5rem;min-width:8rem}.receipt th{width:6rem;background:#f1f1f4}\
.figure{display:block;width:100%;max-width:44rem;height:auto;font-size:14px;fill:#1a1a1c}\
.figure .bar{fill:#0017c1}.figure .earlier{fill:#b04a00}.figure .axis{stroke:#b3b3b3}.figure .band{stroke:#626264;stroke-dasharray:4 3}.figure .tick{font-size:12px;fill:#4d4d4d}.figure .value{font-size:12px}\
.figure .line{fill:none;stroke-width:2.5}.figure .line.line-0{stroke:#0017c1}.figure .line.line-1{stroke:#b04a00;stroke-dasharray:7 4}.figure .line.line-2{stroke:#00704a}\
.figure .mark.line-0{fill:#0017c1}.figure .mark.line-1{fill:#b04a00}.figure .mark.line-2{fill:#00704a}\
@page{size:A4;margin:16mm 15mm 18mm;@bottom-left{content:'自己点検結果報告書';font-size:8pt;color:#4d4d4d}@bottom-right{content:counter(page) ' / ' counter(pages);font-size:8pt;color:#4d4d4d}}\
@page :first{@bottom-left{content:none}@bottom-right{content:none}}\
@page wide{size:A4 landscape;margin:14mm 15mm 16mm}\
@media print{body{max-width:none;padding:0;font-size:10pt;line-height:1.5}.cover{break-after:page;padding-top:45mm}.cover h1{font-size:24pt}.digest{break-after:page;font-size:9pt;line-height:1.4}.digest h2{margin-top:0}.digest h3{margin:2.5mm 0 1mm}.digest .figure{max-width:150mm}.digest .key{grid-template-columns:repeat(4,1fr)}.columns{grid-template-columns:1fr 1fr}.digest .questions-list li{margin:.5mm 0}.digest .note{margin:1mm 0;font-size:7.5pt}.wide{page:wide;break-before:page}.tall{break-before:page}.wide h2,.tall h2{margin-top:0}.figure{max-width:150mm}h2,h3,caption{break-after:avoid}tr,.figure,li,.wanted,.policies,.bureaus,.figures,.trend,.categories,.changes,.sources{break-inside:avoid}thead{display:table-header-group}table{font-size:8.5pt}.groups,.questions,.completion{font-size:7pt}}";
