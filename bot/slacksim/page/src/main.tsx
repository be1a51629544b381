import { createRoot } from "react-dom/client";
import { App } from "./app";
import "slack-blocks-to-jsx/dist/style.css";
import "./style/base.css";
import "./style/layout.css";
import "./style/message.css";
import "./style/block.css";
import "./style/form.css";
import "./style/composer.css";
import "./style/dialog.css";

createRoot(document.getElementById("root")!).render(<App />);
